"""Published figures used as specimens: a 2012 bureau annex, a 2019 office report, a 2025 city report. Numbers only."""

from __future__ import annotations

from gongkai.law.report_forms import load
from gongkai.law.values import BLANK, NOT_APPLICABLE, NOT_REPORTED, Value, number

# fmt: off
# cumulative, year; "-" not applicable, "★" not for this reporter.
ANNEX_2012: dict[str, tuple[int | str, int | str]] = {
    "staff_total": ("-", 2),
    "staff_full_time": ("-", 0),
    "staff_part_time": ("-", 2),
    "training_sessions_held": (6, 2),
    "training_attendances": (15, 2),
    "area_disclosed_total": ("★", "★"),
    "area_disclosed_county_level": ("★", "★"),
    "area_disclosed_township_level": ("★", "★"),
    "disclosed_total": (2956, 579),
    "disclosed_normative_documents": (311, 6),
    "disclosed_plans_and_progress": (283, 46),
    "disclosed_public_funds": (22, 5),
    "disclosed_institution_and_personnel": (26, 5),
    "disclosed_other": (2319, 517),
    "disclosed_other_public_interest": (0, 0),
    "disclosed_on_website": (2401, 511),
    "website_hits": ("★", "★"),
    "reading_points": ("★", "★"),
    "reading_points_electronic": ("★", "★"),
    "reading_point_holdings": ("★", "★"),
    "reading_point_holdings_electronic": ("★", "★"),
    "reading_point_holdings_paper": ("★", "★"),
    "reading_point_visitors": ("★", "★"),
    "reading_point_loans": ("★", "★"),
    "gazette_copies_distributed": (0, 0),
    "other_bulletins": (0, 0),
    "press_conferences_held": (0, 0),
    "press_conference_items": (0, 0),
    "online_within_20wd": (207, 6),
    "online_over_20wd": (0, 0),
    "reading_point_within_30wd": (207, 6),
    "reading_point_over_30wd": (0, 0),
    "applications_received": (0, 0),
    "applications_online": (0, 0),
    "applications_in_person": (0, 0),
    "applications_by_letter": (0, 0),
    "applications_other_form": (0, 0),
    "replies_total": (0, 0),
    "replies_granted": (0, 0),
    "replies_partially_granted": (0, 0),
    "replies_refused": (0, 0),
    "refused_info_not_exist": (0, 0),
    "refused_content_unclear": (0, 0),
    "refused_state_secret": (0, 0),
    "refused_other_reason": (0, 0),
    "reconsideration_applications": (0, 0),
    "reconsideration_accepted": (0, 0),
    "reconsideration_concluded": (0, 0),
    "reconsideration_upheld": (0, 0),
    "reconsideration_corrected": (0, 0),
    "litigation_cases": (0, 0),
    "fees_total": (0, 0),
    "fees_cost_recovery": (0, 0),
    "fees_other": (0, 0),
}

# Columns in the order of the form; "" is a printed blank.
CITY_2025: dict[str, tuple[int | str, ...]] = {
    "t2_1.rules": (3, 5, 74),
    "t2_1.normative_documents": (564, 984, 4185),
    "t2_5.administrative_licensing": (11398889,),
    "t2_6.administrative_penalty": (6937489,),
    "t2_6.administrative_coercion": (166105,),
    "t2_8.administrative_fees": (316441,),
    "t3.new_received": (13612, 252, 0, 45, 128, 32, 14069),
    "t3.carried_over": (535, 6, 0, 1, 18, 0, 560),
    "t3.granted": (5345, 129, 0, 41, 19, 14, 5548),
    "t3.partially_granted": (2120, 39, 0, 1, 6, 2, 2168),
    "t3.refused_state_secret": (13, 0, 0, 0, 0, 0, 13),
    "t3.refused_prohibited_by_law": (30, 0, 0, 0, 0, 0, 30),
    "t3.refused_three_securities_one_stability": (11, 0, 0, 0, 0, 0, 11),
    "t3.refused_third_party_rights": (49, 2, 0, 0, 0, 0, 51),
    "t3.refused_internal_affairs": (103, 1, 0, 0, 0, 0, 104),
    "t3.refused_process_information": (84, 1, 0, 0, 0, 0, 85),
    "t3.refused_enforcement_file": (282, 4, 0, 0, 0, 0, 286),
    "t3.refused_administrative_query": (147, 0, 0, 0, 1, 2, 150),
    "t3.unable_not_held": (3075, 50, 0, 0, 89, 8, 3222),
    "t3.unable_creation_required": (177, 3, 0, 0, 0, 0, 180),
    "t3.unable_still_unclear": (19, 0, 0, 0, 0, 0, 19),
    "t3.not_processed_petition": (199, 1, 0, 0, 3, 0, 203),
    "t3.not_processed_repeat": (147, 1, 0, 0, 0, 0, 148),
    "t3.not_processed_publication": (0, 0, 0, 0, 0, 0, 0),
    "t3.not_processed_excessive": (100, 1, 0, 0, 0, 0, 101),
    "t3.not_processed_confirm_reissue": (5, 0, 0, 0, 0, 0, 5),
    "t3.other_correction_overdue": (315, 3, 0, 0, 0, 0, 318),
    "t3.other_fee_unpaid": (202, 0, 0, 1, 0, 0, 203),
    "t3.other_remaining": (941, 17, 0, 1, 3, 3, 965),
    "t3.results_total": (13364, 252, 0, 44, 121, 29, 13810),
    "t3.carried_forward": (783, 6, 0, 2, 25, 3, 819),
    "t4.reconsideration": (376, 97, 196, 121, 790),
    "t4.litigation_direct": (16, 1, 12, 27, 56),
    "t4.litigation_after_reconsideration": (74, 1, 30, 51, 156),
}

# Columns in the order of the form; "" is a printed blank.
OFFICE_2019: dict[str, tuple[int | str, ...]] = {
    "t2_1.rules": (13, 13, 524),
    "t2_1.normative_documents": (60, 60, 368),
    "t2_5.administrative_licensing": (0, 0, 0),
    "t2_5.other_external_services": (0, 0, 0),
    "t2_6.administrative_penalty": (0, 0, 0),
    "t2_6.administrative_coercion": (0, 0, 0),
    "t2_8.administrative_fees": (0, 0),
    "t2_9.government_procurement": (6, 251000),
    "t3.new_received": (821, 35, "", "", 2, 1, 859),
    "t3.carried_over": (18, "", "", "", "", "", 18),
    "t3.granted": (258, 12, "", "", 1, 1, ""),
    "t3.partially_granted": (3, "", "", "", "", "", ""),
    "t3.refused_state_secret": (14, "", "", "", "", "", ""),
    "t3.refused_internal_affairs": (5, "", "", "", "", "", ""),
    "t3.refused_process_information": (3, 1, "", "", "", "", ""),
    "t3.refused_administrative_query": (10, 2, "", "", "", "", ""),
    "t3.unable_not_held": (252, 12, "", "", 1, "", ""),
    "t3.unable_creation_required": (44, 3, "", "", "", "", ""),
    "t3.unable_still_unclear": (25, "", "", "", "", "", ""),
    "t3.not_processed_petition": (148, 1, "", "", "", "", ""),
    "t3.not_processed_repeat": (5, 4, "", "", "", "", ""),
    "t3.results_total": (767, 35, "", "", 2, 1, 805),
    "t3.carried_forward": (72, "", "", "", "", "", 72),
    "t4.reconsideration": (5, "", "", 2, 7),
    "t4.litigation_direct": (8, "", "", 1, 9),
}
# fmt: on

_NOTHING = {"-": NOT_APPLICABLE, "★": NOT_REPORTED, "": BLANK}


def annex_2012() -> dict[str, Value]:
    """The annex by full ref."""
    return {
        f"annex.{row}.{column}": _value(raw)
        for row, pair in ANNEX_2012.items()
        for column, raw in zip(("cumulative", "year"), pair, strict=True)
    }


def matrix(form_id: str, rows: dict[str, tuple[int | str, ...]]) -> dict[str, Value]:
    """Rows of a matrix form by full ref."""
    form = load(form_id)
    figures = {}
    for row, values in rows.items():
        columns = form.table(row.partition(".")[0]).columns
        for column, raw in zip(columns, values, strict=True):
            figures[f"{row}.{column.id}"] = _value(raw)
    return figures


def _value(raw: int | str) -> Value:
    return _NOTHING[raw] if isinstance(raw, str) else number(raw)
