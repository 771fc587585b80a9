"""Fills a benchmark database with generated records of one year, by SQL, in the proportions of a busy city."""

from django.db import connection

APPLICANTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_org",
    "legal_service_org",
    "other_org",
)
OUTCOMES = (
    "granted_already_public", "granted_provided", "partially_granted", "refused_state_secret", "refused_internal_affairs",
    "refused_process_information", "refused_third_party_rights", "unable_not_exist", "unable_not_this_agency",
    "not_processed_petition", "other_correction_overdue", "other_remaining",
)  # fmt: skip
# Of all counted records: half are applications, the rest documents, decisions, charges and disputes.
SHARES = {"applications": 0.5, "disclosures": 0.2, "decisions": 0.2, "charges": 0.05, "disputes": 0.05}


def pick(values: tuple[str, ...], step: int) -> str:
    """SQL that spreads the values over the row number i."""
    whens = " ".join(f"WHEN {place} THEN '{value}'" for place, value in enumerate(values))
    return f"CASE ((i * {step}) % {len(values)}) {whens} END"


def day(first: str, days: int, step: int = 1) -> str:
    """SQL for a day spread over `days` days from `first`."""
    offset = f"((i * {step}) % {days})"
    if connection.vendor == "postgresql":
        return f"(DATE '{first}' + CAST({offset} AS integer))"
    return f"date('{first}', '+' || {offset} || ' days')"


def insert(table: str, rows: int, columns: dict[str, str]) -> None:
    """One INSERT … SELECT over the row numbers 1..rows."""
    numbers = f"WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < {rows})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM generate_series(1, {rows}) AS n(i)"
            )
        else:
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) {numbers} SELECT {', '.join(columns.values())} FROM n"
            )


def fill(organ: int, records: int) -> None:
    """`records` records of 2025 for the organ, some carried over from 2024 and some left open."""
    base = {"organ_id": str(organ), "number": "'N' || i", "provenance": "'invented'", "note": "''"}
    pending = "i % 40 = 0"
    received = f"CASE WHEN i % 25 = 0 THEN {day('2024-11-01', 60)} ELSE {day('2025-01-01', 365)} END"
    late = f"CASE WHEN i % 25 = 0 THEN {day('2025-01-02', 300)} ELSE {day('2025-01-01', 365)} END"
    insert("applications_application", int(records * SHARES["applications"]), base | {
        "received_on": received, "channel": "'online'", "applicant_type": pick(APPLICANTS, 7), "subject": "'x'",
        "concluded_on": f"CASE WHEN {pending} THEN NULL ELSE {late} END",
        "outcome": f"CASE WHEN {pending} THEN '' ELSE {pick(OUTCOMES, 5)} END", "ground": "''",
        "timeliness": f"CASE WHEN {pending} THEN '' ELSE 'on_time' END",
    })  # fmt: skip
    insert("disclosures_disclosure", int(records * SHARES["disclosures"]), base | {
        "title": "'x'", "summary": "''", "index_number": "''", "document_number": "''", "attribute": "'proactive'", "ground": "''",
        "information_class": "'normative_documents'", "public_interest": "'no'", "theme": "''", "genre": "''", "disclosure_item": "''",
        "instrument": "CASE WHEN i % 9 = 0 THEN 'rules' ELSE 'normative_document' END", "made_on": day("2023-01-01", 1060),
        "published_on": day("2025-12-01", 30), "repealed_on": f"CASE WHEN i % 6 = 0 THEN {day('2025-12-02', 29)} ELSE NULL END",
        "is_document": "'no'", "online_timing": "''", "delivery_timing": "''", "origin": "'ledger'", "state": "'registered'",
        **dict.fromkeys(("department", "digest", "urgent_reason", "sent_back_reason", "validity_basis", "withdrawn_reason"), "''"),
    })  # fmt: skip
    insert("approvals_decision", int(records * SHARES["decisions"]), base | {
        "power": pick(("licensing", "penalty", "coercion"), 1), "decided_on": day("2025-01-01", 365), "quantity": "1", "kind": "''",
    })  # fmt: skip
    insert("approvals_charge", int(records * SHARES["charges"]), base | {
        "name": "'x'", "charged_on": day("2025-01-01", 365), "amount": "i % 1000",
    })  # fmt: skip
    insert("disputes_dispute", int(records * SHARES["disputes"]), base | {
        "kind": pick(("reconsideration", "litigation_direct", "litigation_after_reconsideration"), 1), "body": "''",
        "filed_on": day("2025-01-01", 300), "concluded_on": f"CASE WHEN i % 5 = 0 THEN NULL ELSE {day('2025-11-01', 60)} END",
        "result": f"CASE WHEN i % 5 = 0 THEN '' ELSE {pick(('upheld', 'corrected', 'other_result'), 1)} END",
    })  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


# What a careful programmer would write by hand for the same cells: one grouped statement for each table and period. The
# OR stands first because SQLite then reads two ranges of one index; the other order is four times slower there.
BY_HAND = (
    "SELECT instrument, COUNT(*) FROM disclosures_disclosure WHERE organ_id=%(o)s AND instrument IN ('rules','normative_document') AND made_on BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY instrument",
    "SELECT instrument, COUNT(*) FROM disclosures_disclosure WHERE organ_id=%(o)s AND instrument IN ('rules','normative_document') AND repealed_on BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY instrument",
    "SELECT instrument, COUNT(*) FROM disclosures_disclosure WHERE organ_id=%(o)s AND instrument IN ('rules','normative_document') AND made_on<='2025-12-31' AND (repealed_on IS NULL OR repealed_on>'2025-12-31') GROUP BY instrument",
    "SELECT power, SUM(quantity) FROM approvals_decision WHERE organ_id=%(o)s AND decided_on BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY power",
    "SELECT SUM(amount) FROM approvals_charge WHERE organ_id=%(o)s AND charged_on BETWEEN '2025-01-01' AND '2025-12-31'",
    "SELECT applicant_type, COUNT(*) FROM applications_application WHERE organ_id=%(o)s AND received_on BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY applicant_type",
    "SELECT applicant_type, COUNT(*) FROM applications_application WHERE (concluded_on IS NULL OR concluded_on>='2025-01-01') AND organ_id=%(o)s AND received_on<'2025-01-01' GROUP BY applicant_type",
    "SELECT outcome, applicant_type, COUNT(*) FROM applications_application WHERE organ_id=%(o)s AND concluded_on BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY outcome, applicant_type",
    "SELECT applicant_type, COUNT(*) FROM applications_application WHERE (concluded_on IS NULL OR concluded_on>'2025-12-31') AND organ_id=%(o)s AND received_on<='2025-12-31' GROUP BY applicant_type",
    "SELECT kind, CASE WHEN concluded_on<='2025-12-31' THEN result ELSE 'pending' END, COUNT(*) FROM disputes_dispute WHERE (concluded_on IS NULL OR concluded_on>='2025-01-01') AND organ_id=%(o)s AND filed_on<='2025-12-31' GROUP BY 1, 2",
)


def by_hand(organ: int) -> list[list[tuple[object, ...]]]:
    """The answers of the hand-written statements."""
    answers = []
    with connection.cursor() as cursor:
        for statement in BY_HAND:
            cursor.execute(statement.replace("%(o)s", str(organ)))
            answers.append(cursor.fetchall())
    return answers
