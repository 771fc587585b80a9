"""The annex of the 2012 report as its table prints it: row -> (累计数, 2012年发生数)."""

from gongkai.law.tests.specimens import ANNEX_2012

STARRED = frozenset(row for row, printed in ANNEX_2012.items() if "★" in printed)
# The printed table has "-" also where the form's note lets a bureau leave the cell out.
PRINTED: dict[str, tuple[int | str, int | str]] = {
    row: ("-" if total == "★" else total, "-" if year == "★" else year) for row, (total, year) in ANNEX_2012.items()
}
