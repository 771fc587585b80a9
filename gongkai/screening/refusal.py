"""The two ways screening says no: a file that is not accepted, and a misprint in the rules handed in."""


class NotAccepted(Exception):
    """A file that may not enter, whatever it says. code: for machines; reason: a Chinese sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class BadRule(Exception):
    """A page of the screening rules that cannot be used: which page, what is wrong and how to mend it."""

    def __init__(self, page: str, fault: str, mend: str = "") -> None:
        super().__init__(f"{page}:{fault}" + (f"。{mend}" if mend else ""))
        self.page, self.fault, self.mend = page, fault, mend
