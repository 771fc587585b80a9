"""The archive of a backup: a gzipped tar with header, rows of each table, files, and a manifest of digests at its end.

    header.json                      format, versions, migrations, tables with their columns
    tables/organs.organ/000001.jsonl rows as JSON lists, one a line, in the order of the primary key
    files/…                          files of the data folder
    manifest.json                    rows and SHA-256 of each table and file; an archive without it is cut short

It is written and read from front to end, a part at a time, so that memory does not grow with the database.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from gongkai.law.refusal import Refused

FORMAT = "gongkai-backup/1"
HEADER, MANIFEST, TABLES, FILES = "header.json", "manifest.json", "tables/", "files/"
PART = 4 * 1024 * 1024  # bytes of rows in one member
PIECE = 1024 * 1024
LEVEL = 5  # docs/decisions/030-backup.md has the measurements


@dataclass(slots=True)
class Digest:
    """Rows (of a table) or bytes (of a file) counted and digested as they go by."""

    count: int = 0
    sha: Any = field(default_factory=hashlib.sha256)

    def add(self, content: bytes, count: int) -> None:
        """Take the next piece in."""
        self.sha.update(content)
        self.count += count

    def as_json(self, unit: str) -> dict[str, Any]:
        """As it stands in the manifest; unit: "rows" or "bytes"."""
        return {unit: self.count, "sha256": self.sha.hexdigest()}


@dataclass(frozen=True, slots=True)
class Part:
    """What is met while an archive is read: a run of rows of a table, or a piece of a file. name: label or path."""

    kind: str
    name: str
    content: bytes


class Writer:
    """Writes an archive front to end; the digests are gathered on the way."""

    def __init__(self, stream: IO[bytes]) -> None:
        # No file name and no time in the gzip head: the same content gives the same bytes.
        self._gzip = gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=stream, mtime=0)
        self._tar = tarfile.open(fileobj=self._gzip, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.tables: dict[str, Digest] = {}
        self.files: dict[str, Digest] = {}

    def header(self, value: dict[str, Any]) -> None:
        """The first member."""
        self._member(HEADER, _json({"format": FORMAT, **value}))

    def table(self, label: str, lines: Iterable[bytes]) -> None:
        """A table, line by line; each line ends with a newline."""
        digest = self.tables[label] = Digest()
        for number, part in enumerate(_parts(lines), start=1):
            digest.add(part, part.count(b"\n"))
            self._member(f"{TABLES}{label}/{number:06}.jsonl", part)

    def file(self, name: str, path: Path) -> None:
        """A file under its path within the data folder. OSError when it shrinks meanwhile."""
        with path.open("rb") as source:
            info = tarfile.TarInfo(FILES + name)
            info.size, info.mode = path.stat().st_size, 0o600
            digest = self.files[name] = Digest()
            self._tar.addfile(info, _Watched(source, digest, info.size))  # type: ignore[arg-type]  # read() is enough

    def finish(self, **more: Any) -> dict[str, Any]:
        """Write the manifest and close; gives the manifest."""
        manifest = {
            "format": FORMAT,
            "tables": {label: digest.as_json("rows") for label, digest in self.tables.items()},
            "files": {name: digest.as_json("bytes") for name, digest in self.files.items()},
            **more,
        }
        self._member(MANIFEST, _json(manifest))
        self._tar.close()
        self._gzip.close()
        return manifest

    def _member(self, name: str, content: bytes) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = len(content), 0o600
        self._tar.addfile(info, io.BytesIO(content))


class _Watched:
    """A file read through a digest, and never beyond the size it had at the beginning."""

    def __init__(self, source: IO[bytes], digest: Digest, size: int) -> None:
        self._source, self._digest, self._left = source, digest, size

    def read(self, size: int) -> bytes:
        content = self._source.read(min(size, self._left))
        self._left -= len(content)
        self._digest.add(content, len(content))
        return content


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _parts(lines: Iterable[bytes]) -> Iterator[bytes]:
    kept: list[bytes] = []
    size = 0
    for line in lines:
        kept.append(line)
        size += len(line)
        if size >= PART:
            yield b"".join(kept)
            kept, size = [], 0
    if kept:
        yield b"".join(kept)


class Reader:
    """Reads an archive front to end: `header` at once, then `parts`, then `manifest`, against which all was checked."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._name = name
        with self._readable():
            self._gzip = gzip.GzipFile(fileobj=stream)
            self._tar = tarfile.open(fileobj=self._gzip, mode="r|")  # noqa: SIM115
            first = self._tar.next()
            self.header = self._loaded(first) if first is not None and first.name == HEADER else {}
        if self.header.get("format") != FORMAT:
            raise Refused("not_a_backup", f"{name} 不是 gongkai backup 写成的备份；请检查文件名")
        self.manifest: dict[str, Any] = {}
        self.tables = {table["label"]: Digest() for table in self.header["tables"]}
        self.files: dict[str, Digest] = {}

    def parts(self) -> Iterator[Part]:
        """All content in order. Refused when it is damaged, cut short, or not what the manifest says."""
        with self._readable():
            for member in self._tar:
                if member.name == MANIFEST:
                    self.manifest = self._loaded(member)
                elif member.name.startswith(TABLES):
                    yield from self._rows(member)
                elif member.name != HEADER:  # tarfile begins again with the first member, which was read already
                    yield from self._file(member)
            while self._gzip.read(PIECE):  # to its very end, where its own checksum stands
                continue
        self._require_whole()

    def _rows(self, member: tarfile.TarInfo) -> Iterator[Part]:
        label = PurePosixPath(member.name).parent.name
        content = self._bytes(member)
        self.tables[label].add(content, content.count(b"\n"))
        yield Part("rows", label, content)

    def _file(self, member: tarfile.TarInfo) -> Iterator[Part]:
        name = member.name.removeprefix(FILES)
        path = PurePosixPath(name)
        if not member.isreg() or path.is_absolute() or ".." in path.parts or name == member.name:
            raise Refused("archive_strange", f"{self._name} 中有不该有的内容“{member.name}”，没有恢复任何数据")
        digest = self.files[name] = Digest()
        source = self._opened(member)
        yield Part("file", name, b"")
        while piece := source.read(PIECE):
            digest.add(piece, len(piece))
            yield Part("file", name, piece)

    def _require_whole(self) -> None:
        if not self.manifest:
            raise Refused("archive_cut", f"{self._name} 不完整：末尾的清单缺失。请改用另一份备份")
        told = {**self.manifest["tables"], **self.manifest["files"]}
        found = {label: digest.as_json("rows") for label, digest in self.tables.items()}
        found |= {name: digest.as_json("bytes") for name, digest in self.files.items()}
        wrong = sorted(name for name in told.keys() | found.keys() if told.get(name) != found.get(name))
        if wrong:
            raise Refused(
                "archive_altered", f"{self._name} 的内容与清单的摘要不符（{'、'.join(wrong[:5])}）；请改用另一份备份"
            )

    def _loaded(self, member: tarfile.TarInfo) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self._bytes(member))
        return loaded

    def _bytes(self, member: tarfile.TarInfo) -> bytes:
        return self._opened(member).read()

    def _opened(self, member: tarfile.TarInfo) -> IO[bytes]:
        opened = self._tar.extractfile(member)
        if opened is None:
            raise tarfile.ReadError(member.name)
        return opened

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, KeyError, ValueError) as fault:
            raise Refused(
                "archive_damaged", f"{self._name} 读不出来（{fault}）：文件损坏、不完整，或不是备份。请改用另一份备份"
            ) from fault


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """The archive at `path`. Refused when there is none or it is no backup."""
    try:
        stream = path.open("rb")
    except OSError as fault:
        raise Refused("archive_missing", f"打不开 {path}（{fault.strerror}）；请检查文件名和权限") from fault
    with stream:
        yield Reader(stream, path.name)


def check(path: Path) -> dict[str, Any]:
    """Read the whole archive and give its manifest. Refused when anything in it is not as the manifest says."""
    with opened(path) as reader:
        for _ in reader.parts():
            pass
        return reader.manifest


def sha256_of(path: Path) -> str:
    """SHA-256 of a file as it lies, 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
