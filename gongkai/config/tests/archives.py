"""Archives of a backup opened, changed and closed again: damaged, made older, or made to lie."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Members = dict[str, bytes]


def members_of(path: Path) -> Members:
    with tarfile.open(path) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]


def rewritten(path: Path, members: Members) -> Path:
    """An archive with these members instead."""
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def altered(backup: Path, path: Path, change: Callable[[Members], object]) -> Path:
    members = members_of(backup)
    change(members)
    return rewritten(path, members)


def edit(members: Members, name: str, change: Callable[[Any], object]) -> None:
    """Change a JSON member in place."""
    value = json.loads(members[name])
    change(value)
    members[name] = json.dumps(value).encode()
