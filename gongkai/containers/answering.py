"""The other side of `guarded`: a program that answers a line of JSON with a line of JSON, within limits of its own."""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Mapping
from typing import IO, Any

DEPTH = 3000  # of Python calls; trees of pages and of PDF go deep, and the limit of libxml2 is 256 levels


def serve(answer: Callable[[bytes], Mapping[str, Any]], *, memory: int) -> None:
    """Answer the lines of standard input until it ends. memory: bytes of address space that the process may take."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    sys.setrecursionlimit(DEPTH)
    # Whatever a library prints must not get among the answers.
    out: IO[str] = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        out.write(json.dumps(answer(line)) + "\n")
        out.flush()
