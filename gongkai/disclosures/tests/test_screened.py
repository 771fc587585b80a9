"""What must not get out: marked files are never stored, and findings are settled before the secrecy review."""

from __future__ import annotations

import pytest
from django.db import connection

from gongkai.disclosures import actions as disclosures
from gongkai.disclosures.findable import SHELF
from gongkai.disclosures.models import Attachment, Incident, ScreeningFinding, StoredFile
from gongkai.disclosures.tests.cast import AT, Cast, cast, codes, drafted, published, walked
from gongkai.law.refusal import Refused
from gongkai.records import entries
from gongkai.search.asking import Question

pytestmark = pytest.mark.django_db
MARKED = "机密★10年\n关于某事项的报告"
PAIR = "某事"  # of the marked words; an index of words holds pairs
NUMBER = "11010519491231002X"


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def everything_stored() -> str:
    """All text of every table but the incident's own name, with what the indexes of words hold, pair by pair."""
    with connection.cursor() as cursor:
        told = []
        for table in connection.introspection.table_names(cursor):
            source = f'"{table}"'
            if connection.vendor == "sqlite" and table.endswith("_words"):  # gives its words only to fts5vocab
                cursor.execute(f"CREATE VIRTUAL TABLE temp.{table} USING fts5vocab('main', '{table}', 'row')")
                source = f"temp.{table}"
            cursor.execute(f"SELECT * FROM {source}")
            told += [str(row) for row in cursor.fetchall()]
    return "\n".join(told)


def test_a_file_with_a_secrecy_mark_is_not_stored_and_an_incident_is_open(people: Cast) -> None:
    item = drafted(people)
    with pytest.raises(Refused) as refused:
        disclosures.attach(item, name="报告.txt", data=MARKED.encode(), by=people.zhang, at=AT)
    assert refused.value.code == "quarantined"
    assert (StoredFile.objects.count(), Attachment.objects.count()) == (0, 0)
    assert PAIR not in everything_stored()
    incident = Incident.objects.get()
    assert (incident.name, incident.person, incident.at) == ("报告.txt", people.zhang, AT)
    disclosures.close_incident(incident, reason="已按规定收回载体", by=people.wang, at=AT)
    assert incident.closed_by == "王五"


def test_typed_words_with_a_secrecy_mark_are_not_stored_either(people: Cast) -> None:
    item = drafted(people)
    with pytest.raises(Refused, match="国家秘密标志") as refused:
        disclosures.edit(item, values={"body": MARKED}, by=people.zhang, at=AT)
    assert "secrecy_mark" not in refused.value.reason  # the rule is told by its name
    assert PAIR not in everything_stored()
    assert Incident.objects.get().name == "录入的文字(正文)"


def test_secrecy_review_waits_until_every_finding_is_settled(people: Cast) -> None:
    item = drafted(people, body=f"联系人身份证号码:{NUMBER}")
    finding = ScreeningFinding.objects.get(place="body")
    disclosures.submit(item, by=people.zhang, at=AT)
    disclosures.pass_attribute(item, by=people.li, at=AT)
    with pytest.raises(Refused) as refused:
        disclosures.clear_secrecy(item, by=people.wang, at=AT)
    assert refused.value.code == "findings_open"
    disclosures.judge(finding, judgement="accepted", reason="确是个人信息", by=people.wang, at=AT)
    with pytest.raises(Refused):
        disclosures.clear_secrecy(item, by=people.wang, at=AT)
    disclosures.send_back(item, reason="遮盖身份证号码", by=people.wang, at=AT)
    disclosures.edit(item, values={"body": "联系人:见公告"}, by=people.zhang, at=AT)
    assert not item.findings.exists()


def test_what_was_dismissed_stays_dismissed_for_the_same_text_only(people: Cast) -> None:
    item = drafted(people, body=f"身份证号码示例:{NUMBER}")
    finding = item.findings.get()
    with pytest.raises(Refused):
        disclosures.judge(finding, judgement="dismissed", reason=" ", by=people.zhang, at=AT)
    disclosures.judge(finding, judgement="dismissed", reason="填写示例,不是真人", by=people.zhang, at=AT)
    disclosures.edit(item, values={"body": "没有示例"}, by=people.zhang, at=AT)
    disclosures.edit(item, values={"body": f"填写说明。身份证号码示例:{NUMBER}"}, by=people.zhang, at=AT)
    assert [(one.judgement, one.reason) for one in item.findings.all()] == [("dismissed", "填写示例,不是真人")]
    disclosures.edit(item, values={"body": "身份证号码:22020219820131003X 22020219820131004X"}, by=people.zhang, at=AT)
    assert "dismissed" not in {one.judgement for one in item.findings.all()}


def test_one_judgement_holds_wherever_the_same_text_occurs_unless_it_is_given_for_one_place(people: Cast) -> None:
    item = drafted(people, body=f"身份证号码:{NUMBER}\n\n再说一遍:{NUMBER}", summary=f"附身份证号码{NUMBER}")
    first, *others = item.findings.order_by("pk")
    assert len(others) == 2
    disclosures.judge(first, judgement="dismissed", reason="此处是示例", by=people.zhang, at=AT, alone=True)
    assert [one.judgement for one in item.findings.order_by("pk")] == ["dismissed", "open", "open"]
    disclosures.edit(item, values={"keywords": "示例"}, by=people.zhang, at=AT)
    assert item.findings.filter(judgement="open").count() >= 2
    some, before = item.findings.first(), [one.judgement for one in item.findings.all()]
    assert some is not None
    assert disclosures.judge(some, judgement="dismissed", reason="都是示例", by=people.zhang, at=AT) == 3
    assert {(one.judgement, one.reason) for one in item.findings.all()} == {("dismissed", "都是示例")}
    entry = entries.about(item, "gxj").order_by("seq").last()
    assert entry is not None
    assert len(entry.after["findings"]) == 3
    assert sorted(entry.before["judgements"]) == sorted(before)


def test_a_finding_of_words_that_were_changed_meanwhile_is_not_judged(people: Cast) -> None:
    item = drafted(people, body=f"身份证号码:{NUMBER}")
    gone = item.findings.get()
    disclosures.edit(item, values={"body": f"填写说明。身份证号码:{NUMBER}"}, by=people.zhang, at=AT)
    for alone in (True, False):
        with pytest.raises(Refused) as refused:
            disclosures.judge(gone, judgement="dismissed", reason="示例", by=people.zhang, at=AT, alone=alone)
        assert refused.value.code == "changed_meanwhile"
    assert item.findings.get().judgement == "open"


def test_a_finding_of_the_published_version_stays_judged_as_it_was(people: Cast) -> None:
    item = drafted(people, body=f"身份证号码示例:{NUMBER}")
    first = item.findings.get()
    disclosures.judge(first, judgement="dismissed", reason="示例", by=people.zhang, at=AT)
    disclosures.publish(walked(people, item), channels=[people.column], by=people.zhao, at=AT)
    disclosures.revise(item, change_note="更新", by=people.zhang, at=AT)
    first.refresh_from_db()
    with pytest.raises(Refused) as refused:
        disclosures.judge(first, judgement="accepted", reason="属实", by=people.zhang, at=AT)
    assert refused.value.code == "wrong_state"


def test_the_entry_book_never_holds_what_was_found(people: Cast) -> None:
    item = drafted(people, body=f"身份证号码:{NUMBER}")
    disclosures.judge(item.findings.get(), judgement="accepted", reason="属实", by=people.zhang, at=AT)
    assert all(NUMBER not in str((entry.before, entry.after)) for entry in entries.about(item, "gxj"))


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "..\\..\\a.txt", "C:\\x\\b.txt", "a\x00b.txt"])
def test_a_name_with_a_path_keeps_only_its_last_part(people: Cast, name: str) -> None:
    kept = disclosures.attach(drafted(people), name=name, data="甲".encode(), by=people.zhang, at=AT)
    assert not set(kept.name) & set("/\\:\x00")


@pytest.mark.parametrize(
    ("name", "data"),
    [("木马.txt", b"MZ\x90\x00\x03"), ("图.svg", b"<svg onload='x()'/>"), ("包.zip", b"PK\x03\x04"), ("", b"x")],
)
def test_a_file_that_may_not_be_published_is_refused_with_a_sentence(people: Cast, name: str, data: bytes) -> None:
    with pytest.raises(Refused):
        disclosures.attach(drafted(people), name=name, data=data, by=people.zhang, at=AT)
    assert not StoredFile.objects.exists()


def test_a_file_is_kept_once_and_a_version_keeps_its_files(people: Cast) -> None:
    item = drafted(people)
    disclosures.attach(item, name="一.txt", data="甲".encode(), by=people.zhang, at=AT)
    second = disclosures.attach(item, name="二.txt", data="甲".encode(), by=people.zhang, at=AT)
    assert StoredFile.objects.count() == 1
    disclosures.detach(second, by=people.zhang, at=AT)
    disclosures.submit(item, by=people.zhang, at=AT)
    disclosures.pass_attribute(item, by=people.li, at=AT)
    disclosures.clear_secrecy(item, by=people.wang, at=AT)
    disclosures.catalogue(item, values=codes(), by=people.zhang, at=AT)
    disclosures.publish(item, channels=[people.column], by=people.zhao, at=AT)
    disclosures.revise(item, change_note="换附件", by=people.zhang, at=AT)
    new, old = (version.attachments.get() for version in item.versions.order_by("-number"))
    with pytest.raises(Refused):
        disclosures.detach(old, by=people.zhang, at=AT)
    disclosures.detach(new, by=people.zhang, at=AT)
    assert Attachment.objects.get() == old


def test_what_is_found_true_in_a_file_is_masked_for_the_public_and_stays_in_the_original(
    people: Cast,
) -> None:
    item = drafted(people)
    file = disclosures.attach(item, name="名单.txt", data=f"身份证号码:{NUMBER}".encode(), by=people.zhang, at=AT)
    with pytest.raises(Refused):
        disclosures.mask(file, by=people.zhang, at=AT)
    disclosures.judge(item.findings.get(), judgement="accepted", reason="属实", by=people.zhang, at=AT)
    disclosures.mask(file, by=people.zhang, at=AT)
    assert NUMBER not in bytes(file.public_copy.content).decode()
    assert NUMBER not in file.text
    assert NUMBER in bytes(file.original.content).decode()
    assert not item.findings.exists()
    (mask,) = file.masks
    assert mask["rule"] == "resident_number"
    assert mask["ground"]
    assert NUMBER not in str(file.masks)


def test_what_is_public_is_found_and_what_is_withdrawn_is_found_no_more(people: Cast) -> None:
    item = published(people, body="工业用电的峰谷价格。")
    assert [hit.id for hit in SHELF.ask(Question(words="峰谷")).hits] == [f"gxj/{item.number}"]
    assert SHELF.ask(Question(words="〔2012〕17号")).total == 1
    disclosures.withdraw(item, reason="误发", by=people.zhao, at=AT)
    assert SHELF.ask(Question(words="峰谷")).total == 0
