"""Tables whose lines are kept: figures on lines of their own go to the labels beside them, or are not read."""

from __future__ import annotations

from gongkai.reports.tests.foreign.test_quirks import read_text, row

TORN_LINES = """望海新区教育局2023年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
自然人 社会 法律 总计
商业 科研
公益 服务 其他
企业 机构
一、本年新收政府信息公开申请数量 21 0 0 0 0 0 21
二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0
（一）予以公开 3 0 0 0 0 0 3
（二）部分公开（区分处理的，只计这一情 形，不
4 0 0 0 0 0 4
计其他情形）
1 0 0 0 0 0 1
1.属于国家秘密
三 2.其他法律行政法规禁止公开 0 0 0 0 0 0 0
、
2 0 0 0 0 0 2
本 3.危及“三安全一稳定”
年
度 4.保护第三方合法权益 0 0 0 0 0 0 0
办 （三）不予公开
理 5.属于三类内部事务信息 0 0 0 0 0 0 0
结
果 6.属于四类过程性信息 1 0 0 0 0 0 1
7.属于行政执法案卷 0 0 0 0 0 0 0
8.属于行政查询事项 0 0 0 0 0 0 0
10 0 0 0 0 0 10
1.本机关不掌握相关政府信息
- 3 -
（四）无法提供
3.补正后申请内容仍不明确 0 0 0 0 0 0 0
1.信访举报投诉类申请 0 0 0 0 0 0 0
（六）其他处理 0 0 0 0 0 0 0
（七）总计 21 0 0 0 0 0 21
四、结转下年度继续办理 0 0 0 0 0 0 0
四、政府信息公开行政复议、行政诉讼情况
"""


def test_figures_on_lines_of_their_own_go_to_the_labels_beside_them() -> None:
    """As a program reading PDF lines by height leaves it: a label in the middle of its cell loses its figures."""
    read = read_text(TORN_LINES)
    assert row(read, "partially_granted") == "4|0|0|0|0|0|4"
    assert row(read, "refused_state_secret") == "1|0|0|0|0|0|1"
    assert row(read, "refused_prohibited_by_law") == "0|0|0|0|0|0|0"
    assert row(read, "refused_three_securities_one_stability") == "2|0|0|0|0|0|2"
    assert row(read, "unable_not_held") == "10|0|0|0|0|0|10"
    assert row(read, "other_remaining") == "0|0|0|0|0|0|0"
    assert row(read, "not_processed_repeat") == "?|?|?|?|?|?|?"


def test_lines_of_figures_that_do_not_match_the_labels_beside_them_are_not_read() -> None:
    read = read_text(TORN_LINES.replace("1 0 0 0 0 0 1\n1.属于", "1.属于"))
    assert row(read, "refused_state_secret") == row(read, "partially_granted") == "?|?|?|?|?|?|?"
    assert row(read, "refused_prohibited_by_law") == "0|0|0|0|0|0|0"


def test_the_same_lines_run_together_are_not_read_one_row_off() -> None:
    read = read_text(" ".join(TORN_LINES.split()))
    assert row(read, "refused_state_secret") in ("1|0|0|0|0|0|1", "?|?|?|?|?|?|?")
    assert row(read, "unable_not_held") in ("10|0|0|0|0|0|10", "?|?|?|?|?|?|?")
