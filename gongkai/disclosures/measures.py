"""What the disclosure desk can count."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from gongkai.disclosures.models import Disclosure, Placement
from gongkai.law.vocabulary import terms
from gongkai.records.measures import Measure, Scope, rows_of

INSTRUMENTS = ("rules", "normative_document")
LISTED = (("number", "登记号"), ("title", "名称"), ("index_number", "索引号"))


def _published(scope: Scope) -> QuerySet[Any]:
    # Only proactive information can be published: a constraint of the register, so no filter is needed here.
    return rows_of(Disclosure, scope, "published_on")


def _put_online(scope: Scope) -> QuerySet[Any]:
    return rows_of(Disclosure, scope, "published_on").filter(online_timing__in=("within", "over"))


def _delivered(scope: Scope) -> QuerySet[Any]:
    return rows_of(Disclosure, scope, "delivered_on").filter(delivery_timing__in=("within", "over"))


def _placed(scope: Scope) -> QuerySet[Any]:
    return rows_of(Placement, scope, "posting__posted_on")


def _by_channel_kind(answer: str) -> Case:
    """The text that the vocabulary of channels gives for the kind of channel a posting went out through."""
    kinds: dict[str, list[str]] = {}
    for term in terms("channel_kinds").values():
        kinds.setdefault(str(term.extra[answer]), []).append(term.code)
    whens = [When(posting__channel__kind__in=codes, then=Value(text)) for text, codes in kinds.items()]
    return Case(*whens, output_field=CharField())


def _carrier(scope: Scope) -> Case:
    return _by_channel_kind("carrier")


def _column(scope: Scope) -> Case:
    return _by_channel_kind("column")


def _instruments(scope: Scope, day: str) -> QuerySet[Any]:
    return rows_of(Disclosure, scope, day).filter(instrument__in=INSTRUMENTS)


def _issued(scope: Scope) -> QuerySet[Any]:
    return _instruments(scope, "made_on")


def _disclosed(scope: Scope) -> QuerySet[Any]:
    return _instruments(scope, "published_on")


def _repealed(scope: Scope) -> QuerySet[Any]:
    return _instruments(scope, "repealed_on")


def _disclosed_total(scope: Scope) -> QuerySet[Any]:
    return Disclosure.objects.filter(
        organ_id__in=scope.organs, instrument__in=INSTRUMENTS, published_on__lte=scope.last
    )


def _in_force(scope: Scope) -> QuerySet[Any]:
    # Out of force from the day of repeal on, so that a stock is the last one plus issued less repealed.
    return Disclosure.objects.filter(
        Q(repealed_on__isnull=True) | Q(repealed_on__gt=scope.last),
        organ_id__in=scope.organs, instrument__in=INSTRUMENTS, made_on__lte=scope.last,
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = (
    Measure(
        "disclosures.published",
        title="主动公开信息数:发布日期在统计期内的信息,同一信息通过不同渠道发布计1条",
        rows=_published,
        by={"category": "information_class", "public_interest": "public_interest", "organ_kind": "organ__kind"},
        unit="条",
        columns=(
            *LISTED, ("information_class", "信息类别"), ("public_interest", "与公众利益密切相关"),
            ("made_on", "生成日期"), ("published_on", "发布日期"),
        ),
    ),
    Measure(
        "disclosures.placed",
        title="通过某类渠道公开的信息数:统计期内至少在该类渠道发布过一次的信息,同类渠道内计1条,不同类渠道分别计数",
        rows=_placed,
        by={"carrier": _carrier, "column": _column},
        distinct="disclosure_id",
        key="disclosure__number",
        unit="条",
        columns=(
            ("disclosure__number", "登记号"), ("disclosure__title", "名称"), ("posting__channel__name", "公开渠道"),
            ("posting__channel__kind", "渠道种类"), ("posting__posted_on", "渠道发布日期"),
        ),
    ),
    Measure(
        "disclosures.put_online",
        title="文件信息从生成到公开的及时性:按公开期限考核且发布日期在统计期内的文件信息,以发布日期是否晚于应公开日期划分",
        rows=_put_online,
        by={"online_timing": "online_timing"},
        unit="条",
        columns=(
            *LISTED, ("made_on", "生成日期"), ("due_on", "应公开日期"), ("published_on", "发布日期"),
            ("online_timing", "及时性"),
        ),
    ),
    Measure(
        "disclosures.delivered",
        title="文件信息从生成到向公共查阅点报送的及时性:报送日期在统计期内的文件信息,以报送日期是否晚于应报送日期划分",
        rows=_delivered,
        by={"delivery_timing": "delivery_timing"},
        unit="条",
        columns=(
            *LISTED, ("made_on", "生成日期"), ("delivery_due_on", "应报送日期"), ("delivered_on", "报送日期"),
            ("delivery_timing", "及时性"),
        ),
    ),
    Measure(
        "disclosures.instruments_issued",
        title="制发的规章和行政规范性文件数:生成日期在统计期内,不论是否公开",
        rows=_issued,
        by={"instrument": "instrument"},
        unit="件",
        columns=(*LISTED, ("document_number", "文号"), ("instrument", "文件性质"), ("made_on", "生成日期")),
    ),
    Measure(
        "disclosures.instruments_disclosed",
        title="新公开的规章和行政规范性文件数:发布日期在统计期内",
        rows=_disclosed,
        by={"instrument": "instrument"},
        unit="件",
        columns=(*LISTED, ("document_number", "文号"), ("instrument", "文件性质"), ("published_on", "发布日期")),
    ),
    Measure(
        "disclosures.instruments_repealed",
        title="废止的规章和行政规范性文件数:废止日期在统计期内",
        rows=_repealed,
        by={"instrument": "instrument"},
        unit="件",
        columns=(*LISTED, ("document_number", "文号"), ("instrument", "文件性质"), ("repealed_on", "废止日期")),
    ),
    Measure(
        "disclosures.instruments_disclosed_total",
        title="对外公开的规章和行政规范性文件总数:至统计期末已发布的全部,含其后废止的",
        rows=_disclosed_total,
        by={"instrument": "instrument"},
        kind="stock",
        unit="件",
        columns=(*LISTED, ("document_number", "文号"), ("instrument", "文件性质"), ("published_on", "发布日期")),
    ),
    Measure(
        "disclosures.instruments_in_force",
        title="现行有效的规章和行政规范性文件数:统计期末以前制发,且统计期末尚未废止",
        rows=_in_force,
        by={"instrument": "instrument"},
        kind="stock",
        unit="件",
        columns=(
            *LISTED, ("document_number", "文号"), ("instrument", "文件性质"), ("made_on", "生成日期"),
            ("repealed_on", "废止日期"),
        ),
    ),
)  # fmt: skip
