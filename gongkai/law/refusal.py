"""The two ways the product says no: an act refused to a person, and a misprint in the book of law."""


class Refused(Exception):
    """An act is not allowed. Raised below, shown once at each door (page, command exit code 2).

    code: stable identifier for machines; reason: one clear Chinese sentence saying what is wrong and what to do;
    cite: the article or document that the refusal rests on, or "".
    """

    def __init__(self, code: str, reason: str, cite: str = "") -> None:
        super().__init__(reason)
        self.code, self.reason, self.cite = code, reason, cite


class Misprint(Exception):
    """A fault in the book of law (a gap, an overlap, a missing citation). Names the page and the mend."""

    def __init__(self, page: str, fault: str, mend: str = "") -> None:
        super().__init__(f"{page}:{fault}" + (f"。{mend}" if mend else ""))
        self.page, self.fault, self.mend = page, fault, mend
