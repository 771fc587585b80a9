"""The two ways the product says no: an act refused to a person, and a misprint in the book of law."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """An act is not allowed. Raised below, shown once at each door (page, command exit code 2).

    code: stable identifier for machines; reason: one clear Chinese sentence saying what is wrong and what to do;
    cite: the article or document that the refusal rests on, or "".
    """

    def __init__(self, code: str, reason: str, cite: str = "") -> None:
        super().__init__(reason)
        self.code, self.reason, self.cite = code, reason, cite
        self.cause = code
        """The code as it was raised; `code` may have become the name of a field at the door."""
        self.faults: Mapping[str, str] = {code: reason}
        """What is wrong, by code; a code that names a field of the form is shown beside that field."""


class SeveralRefused(Refused):
    """An act refused for several reasons at once, so that whoever filled in a form mends it in one go.

    faults: name of the field -> what is wrong with it and what to do, at least one, in the order of the form.
    """

    def __init__(self, faults: Mapping[str, str], cite: str = "") -> None:
        super().__init__(next(iter(faults)), ";".join(faults.values()), cite)
        self.faults = dict(faults)


class Misprint(Exception):
    """A fault in the book of law (a gap, an overlap, a missing citation). Names the page and the mend."""

    def __init__(self, page: str, fault: str, mend: str = "") -> None:
        super().__init__(f"{page}:{fault}" + (f"。{mend}" if mend else ""))
        self.page, self.fault, self.mend = page, fault, mend
