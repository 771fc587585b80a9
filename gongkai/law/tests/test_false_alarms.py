"""Sentences that only look wrong: a figure that counts something else is asked about or left alone, never failed."""

from __future__ import annotations

import pytest

from gongkai.law import identities, report_forms
from gongkai.law.values import Value, number

FORM = report_forms.load("national_2021")
OLD = report_forms.load("national_2014_2018")
ORGAN = "青川市人民政府"


def table() -> dict[str, Value]:
    """Twenty received and three carried in; eleven granted, four in part, two refused, one unable, two other."""
    rows = {
        "new_received": 20, "carried_over": 3, "granted": 11, "partially_granted": 4, "refused_internal_affairs": 2,
        "unable_not_held": 1, "other_remaining": 2, "results_total": 20, "carried_forward": 3,
    }  # fmt: skip
    figures = {cell.ref: number(0) for cell in FORM.cells}
    for row, count in rows.items():
        figures |= {f"t3.{row}.natural_person": number(count), f"t3.{row}.total": number(count)}
    figures |= {"t2_1.normative_documents.issued_this_year": number(7)}
    figures |= {"t2_1.normative_documents.in_force": number(40), "t2_6.administrative_penalty.decisions": number(500)}
    figures |= {"t4.reconsideration.upheld": number(2), "t4.reconsideration.total": number(2)}
    return figures


def failed(text: str, section: str = "一", **known: object) -> list[str]:
    findings = identities.check(FORM, table(), sections={section: text}, year=2022, organ=ORGAN, **known)  # type: ignore[arg-type]
    return [f"{one.rule} {one.message}" for one in findings if one.verdict == "fail"]


TRAPS = {
    "likes after the parts": "公众号共编发文章600篇,其中原创文章200篇;短视频30条,观看9次,粉丝数1000;直播8场。",
    "received and carried in together": "全年办理政府信息公开申请23件。",
    "one office of the area": "市政府办公室受理政府信息公开申请6件。",
    "the government itself": "市政府收到政府信息公开申请5件,均按期答复。",
    "a bureau of the area": "市水务局全年收到政府信息公开申请4件。",
    "some of the applications": "收到涉及征地补偿的政府信息公开申请9件。",
    "by one channel": "通过门户网站收到政府信息公开申请12件。",
    "the year before": "2021年共收到政府信息公开申请31件。",
    "half a year": "上半年共收到政府信息公开申请8件。",
    "since the beginning": "自2008年以来累计收到政府信息公开申请310件。",
    "roughly": "全年收到政府信息公开申请约20件,答复近20件。",
    "an application for something else": "受理行政复议申请15件,收到法律援助申请300件。",
    "licences applied for": "政务服务大厅受理许可申请9000件,办结8990件。",
    "complaints answered": "热线受理来电5000件,办结4990件。",
    "documents with an attribute": "全年制发公文100件,其中主动公开60件、依申请公开30件、不予公开10件。",
    "all reconsideration cases": "市司法局办理行政复议案件230件,行政诉讼案件41件。",
    "documents of one organ": "市政府办公室制发规范性文件3件。",
    "penalties of one bureau": "市场监管局作出行政处罚决定120件。",
    "in force at a township": "所属乡镇现行有效规范性文件5件。",
    "one carrier and another": "公开信息90条,其中网站公开80条、微信公开60条。",
    "two ways to divide": "收到来信30封,其中个人25封、单位5封,当面8封、邮寄22封。",
    "a list that is not all": "举办活动30场,其中市级9场、县级8场。",
    "parts of a part": "受理来件30件,其中市级20件,包括市直部门12件、县区8件,其他10件。",
    "added and taken away": "账号由20个减少到17个,其中注销5个,新增1个,合并1个。",
    "in and out together": "受理来件20件,其中上年结转3件,答复18件,结转下年5件。",
    "the same words for another carrier": "网站方面。全年共发布信息300条。微博方面。全年共发布信息200条。",
    "share of something else": "收到来信30封,其中个人来信20封,占全省个人来信的2.1%。",
    "a rate": "收到来信30封,其中已办结20封(按期办结率100%)。",
    "growth in brackets": "收到来信30封,其中个人来信20封(同比增长15%)。",
    "growth of the figure before the last": "2022年收到来信120封,办结110封,同比增长20%,2021年为100封。",
    "percentage points": "公开率为95%,比上年提高3个百分点。",
    "none corrected": "没有被纠正的行政复议案件。",
    "numbers in titles and quotations": "推行“办结一件申请、解决一个问题”机制,印发《信息公开申请办理300问》。",
    "a hotline": "通过12345热线、12329平台受理咨询。",
    "an average": "平均每件政府信息公开申请办理9件次。",
    "a nested list of sections": "问题:一是公开不够及时;二是解读不够。",
    "one of a kind": "办好每一件政府信息公开申请。",
    "numbers of documents and phones": "依据国令第711号、某办发〔2022〕8号,电话0516-83610000,邮编221000。",
    "the whole told after its parts": "市级8场、县级12场,合计20场。",
    "money of several": "收取信息处理费300元,其中某局100元、某镇200元,已全部上缴财政300元。",
}  # fmt: skip


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS.keys())
def test_what_counts_something_else_is_no_failure(text: str) -> None:
    assert failed(text) == []


ERRORS = {
    "received": ("全年共收到政府信息公开申请21件。", "N21-N-37"),
    "newly received": ("本年新收政府信息公开申请19件。", "N21-N-01"),
    "answered": ("收到政府信息公开申请20件,全部答复19件。", "N21-N-03"),
    "carried over": ("收到政府信息公开申请20件,另有4件结转下年度继续办理。", "N21-N-04"),
    "granted": ("受理政府信息公开申请23件,予以公开12件。", "N21-N-18"),
    "partly granted": ("受理政府信息公开申请23件,部分公开5件。", "N21-N-19"),
    "refused": ("受理政府信息公开申请23件,不予公开3件。", "N21-N-20"),
    "documents in force": ("全年制发规范性文件7件,现行有效41件。", "N21-N-11"),
    "documents issued": ("全年制发规范性文件8件。", "N21-N-09"),
    "cases": ("因政府信息公开引发行政复议3件。", "N21-N-05"),
    "none": ("全年未收到政府信息公开申请。", "N21-N-29"),
    "parts too few": ("制作图解10个,其中市级6个、县级2个、其他1个。", "P-SUM-01"),
    "parts too many": ("制作图解10个,其中市级6个、县级5个。", "P-SUM-01"),
    "share": ("收到来信30封,其中个人来信20封,占65%。", "P-PCT-01"),
    "shares": ("收到来信10封,其中表扬7封,占70%;求助2封,占20%;其他1封,占20%。", "P-PCT-02 P-PCT-01"),
    "growth": ("2021年编发简报50期,2022年编发60期,同比增长25%。", "P-GROW-01"),
    "difference and growth": ("收到来信120封,较上年增加20封,增长30%。", "P-GROW-01"),
    "twice": ("全年主动公开政府信息300条。展望明年。2022年主动公开政府信息310条。", "P-SAME-01"),
    "a day that is not": ("4月31日召开会议。", "T-DATE-01"),
    "a document from later": ("根据某办发〔2025〕8号要求。", "T-DOC-01"),
    "another year": ("本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。", "T-DATE-02"),
}


@pytest.mark.parametrize(("text", "rule"), ERRORS.values(), ids=ERRORS.keys())
def test_what_is_wrong_fails_under_its_own_rule_and_no_other(text: str, rule: str) -> None:
    found = failed(text)
    assert found
    assert {one.split()[0] for one in found} <= {*rule.split()}


def test_the_right_figures_in_many_ways_of_writing_pass() -> None:
    text = (
        "2022年共收到政府信息公开申请二十件,上年结转3件;予以公开11件,部分公开４件,不予公开2件,无法提供1件,"
        "作其他处理2件,结转下年度继续办理三件。制发行政规范性文件7件,现行有效规范性文件四十件。"
    )
    assert failed(text) == []


def test_a_department_is_not_asked_to_be_a_government() -> None:
    findings = identities.check(
        FORM, table(), sections={"一": "我局收到政府信息公开申请20件。"}, organ="青川市水务局", year=2022
    )
    assert [one.verdict for one in findings if one.rule == "N21-N-37"] == ["pass"]
    assert [one.verdict for one in findings if one.rule == "T-NAME-03"] == ["pass"]


def test_the_old_form_tells_channels_apart() -> None:
    figures = {cell.ref: number(0) for cell in OLD.cells}
    figures |= {"stats.disclosed_total.value": number(300), "stats.channel_website.value": number(200)}
    figures |= {"stats.channel_wechat.value": number(100)}
    text = {"二": "全年主动公开政府信息300条。政府网站公开政府信息200条。通过微信平台主动公开政府信息90条。"}
    findings = identities.check(OLD, figures, sections=text, year=2016, organ=ORGAN)
    assert [one.message for one in findings if one.verdict == "fail"] == []
