"""What a document says about itself is proposed, and nothing that it does not say."""

from __future__ import annotations

import time

import pytest

from gongkai.disclosures.proposing import LONGEST_BODY, proposed

LETTER = """吉市工信发〔2012〕17号

关于做好工业企业
错峰用电工作的通知
各有关企业:
　　自 2012年10月1日 起错峰用电。

吉林市工业和信息化局
二〇一二年九月二十六日
（此件公开发布）
"""


def test_title_number_and_day_are_read_off_a_letter() -> None:
    found = proposed(LETTER, "通知.docx")
    assert found["title"] == "关于做好工业企业错峰用电工作的通知"
    assert found["document_number"] == "吉市工信发〔2012〕17号"
    assert found["made_on"] == "2012-09-26"
    assert found["body"] == LETTER.strip()


def test_the_name_of_the_file_is_the_title_where_the_text_bears_it_out() -> None:
    assert (
        proposed("工业企业错峰用电\n情况表\n甲 乙", "工业企业错峰用电情况表.xlsx")["title"] == "工业企业错峰用电情况表"
    )
    assert proposed("", "扫描件.pdf") == {"title": "扫描件", "document_number": "", "made_on": "", "body": ""}


@pytest.mark.parametrize("said", ["自2012年10月1日起施行", "2012年13月1日", "二〇一二年九月三十一日", "2012-10-01"])
def test_a_day_that_is_not_the_documents_own_is_not_proposed(said: str) -> None:
    assert proposed(f"甲\n{said}\n乙", "a.txt")["made_on"] == ""


def test_a_text_too_long_for_the_form_stays_in_the_file() -> None:
    assert proposed("甲" * (LONGEST_BODY + 1), "a.txt")["body"] == ""


def test_a_line_without_an_end_does_not_keep_the_reader_waiting() -> None:
    began = time.process_time()
    assert proposed("甲" * 6_000_000, "很长.txt")["title"] == "很长"
    assert time.process_time() - began < 1
