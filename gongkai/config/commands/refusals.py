"""How a command says no: one sentence on standard error, or one JSON object where a machine reads."""

from __future__ import annotations

import sys

from gongkai.law.refusal import Misprint, Refused
from gongkai.law.typesetting import typeset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

REFUSED = 2  # exit code: refused, or the input cannot be used


def say(no: Refused | Misprint, as_json: bool) -> int:
    """Tell why, and give the exit code. A fault in the book is told like a refusal, with the code `misprint`."""
    cite = no.cite if isinstance(no, Refused) else no.page
    if as_json:
        code = no.code if isinstance(no, Refused) else "misprint"
        print_json({"error": code, "reason": typeset(str(no)), "cite": cite})
    else:
        print(typeset(f"{no}(依据:{cite})" if isinstance(no, Refused) and cite else f"{no}"), file=sys.stderr)
    return REFUSED


def tell(text: str) -> None:
    """A line for a person on standard output, in Chinese typesetting."""
    print(typeset(text))


def print_json(content: object) -> None:
    """One JSON document on standard output, Chinese as it is."""
    import json

    print(json.dumps(content, ensure_ascii=False, indent=2))


def day(text: str) -> date:
    """A day as typed; Refused `bad_date` otherwise."""
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("bad_date", f"看不懂日期“{text}”;写法:2024-01-29") from None
