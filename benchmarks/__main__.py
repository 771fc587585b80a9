"""Runs one benchmark by name and prints its ratios."""

import argparse
import importlib
import json
import platform
import sys

NAMES = {
    "backup": "backing up and restoring 100,000 rows, against Django's dumpdata and loaddata",
    "due": "`gongkai due` cold, against an empty `python -c pass`",
    "draw": "drawing all formats of one report, against LibreOffice converting its Word file to PDF",
    "compile": "compiling the 2021 form, against hand-written SQL for the same cells",
    "lists": "a register of 100,000 rows in the browser, against one of 1,000 in the same database",
    "check": "checking reports: HTML and text on one core and how the time divides, table rules, a folder of a thousand",
    "samples": "published sample reports read and checked: cells right and wrong, errors found and missed, speed",
    "invented": "a thousand invented reports in every printing, also misread, torn and two in one: cells settled wrongly",
    "items": "importing 100,000 disclosures: none lost, none doubled, memory against ten thousand",
    "pages": "requests a second of the report list and a report page, against Wagtail's like pages",
    "screen": "screening: megabytes a second, against the same patterns in turn; what is found and wrongly found",
    "search": "search with filters and counts over 100,000 generated items, against SQLite's FTS5 on the same words",
    "visible": "from sign-off to visible on page, list, feed and search, against two seconds",
    "once": "`./run --once` on an empty clone",
}


def main() -> int:
    """Prints a table of ratios, or JSON; exit code 1 when a promised limit is passed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=[*NAMES, "all"])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", type=int, nargs="*", help="for compile: record counts, e.g. 1000000 10000000")
    parser.add_argument(
        "--database", choices=["sqlite", "postgresql"], nargs="*", help="for compile and lists: which databases"
    )
    options = parser.parse_args()
    results = []
    for name in NAMES if options.name == "all" else [options.name]:
        results += importlib.import_module(f"benchmarks.{name}").measure(options)
    if options.json:
        print(
            json.dumps(
                {"machine": platform.machine(), "python": platform.python_version(), "results": results}, indent=1
            )
        )
    else:
        for result in results:
            verdict = "within" if result["ratio"] <= result["limit"] else "OVER"
            print(
                f"{result['what']}: {result['ratio']:.2f} {result['unit']} (limit {result['limit']}, {verdict}); {result['detail']}"
            )
    return int(any(result["ratio"] > result["limit"] for result in results))


if __name__ == "__main__":
    sys.exit(main())
