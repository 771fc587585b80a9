"""The one way a reader says that it cannot read a file: a code for machines and a Chinese sentence for people."""


class Unreadable(Exception):
    """A file cannot be read. code: stable identifier; reason: what is wrong with the file and what to do about it.

    Codes: empty, too_large, too_complex, encrypted, damaged, wrong_kind, unknown_kind.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason
