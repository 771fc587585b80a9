"""What a file really is, by its content; a name that says otherwise is refused."""

from __future__ import annotations

from gongkai.screening.refusal import NotAccepted


def kind_of(data: bytes, name: str) -> str:
    """ "txt" for plain text. NotAccepted `unknown_kind` for everything else."""
    if name.rpartition(".")[2].lower() not in ("txt", "csv", "md") or b"\x00" in data[:4096]:
        raise NotAccepted("unknown_kind", "不能检查这种文件。请另存为纯文本后再上传。")
    return "txt"
