"""A program kept in check: a process of its own, ended when it takes too long and started anew when it falls."""

from __future__ import annotations

import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from typing import Any

STARTING = 60.0  # seconds that the start of a program may take on a busy machine
Task = dict[str, Any]
Answer = dict[str, Any]
_log = logging.getLogger(__name__)


class NotStarted(Exception):
    """The program did not start in its time, and was ended: the machine is too busy for it."""


class TooSlow(Exception):
    """The program said nothing in its time, and was ended."""


class Fallen(Exception):
    """The program fell over the task. Its text: the last words of the program."""

    @property
    def out_of_memory(self) -> bool:
        """Whether it fell because it had no more memory."""
        return "MemoryError" in str(self) or "bad_alloc" in str(self)


class Guarded:
    """One process, started when first asked: `python -m module`, which answers a line of JSON with a line of JSON.

    It must answer {"do": "ready"}, and sets its own limits of memory. What it puts down for a moment goes when it ends.
    """

    def __init__(self, module: str, seconds: float) -> None:
        self.module, self.seconds = module, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process may

    def answer(self, task: Task) -> Answer:
        """The answer to a task. NotStarted, TooSlow or Fallen; the next task is then given to a new process."""
        if self._process is not None and self._process.poll() is not None:
            self.end()  # it ended while nobody asked: no fault of this task
        try:
            process = self._process or self._start()
        except TimeoutError:
            self.end()
            raise NotStarted from None
        try:
            line = self._exchange(process, json.dumps(task).encode("ascii") + b"\n", self.seconds)
        except TimeoutError:
            self.end()
            raise TooSlow from None
        if line is None:
            why = self._last_words()
            self.end()
            raise Fallen(why)
        found: Answer = json.loads(line)
        return found

    def _start(self) -> subprocess.Popen[bytes]:
        self._said.seek(0)
        self._said.truncate()
        # What it was killed over may be no file to leave lying about.
        self._folder = tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True)
        # A session of its own, so that what the program starts (LibreOffice) ends with it.
        self._process = subprocess.Popen(
            (sys.executable, "-m", self.module),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={**os.environ, "TMPDIR": self._folder.name},
            start_new_session=True,
            bufsize=0,
        )
        # The start is not the file's fault: it is waited for apart.
        self._exchange(self._process, b'{"do": "ready"}\n', STARTING)
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], line: bytes, seconds: float) -> bytes | None:
        """Write a line and read one back; None when the process ended, TimeoutError when it says nothing in time."""
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a guarded program is started with both pipes")
        ends = time.monotonic() + seconds
        reading, writing = process.stdout.fileno(), process.stdin.fileno()
        os.set_blocking(writing, False)
        rest, answer = memoryview(line), bytearray()
        while not answer.endswith(b"\n"):
            left = ends - time.monotonic()
            ready, free, _ = select.select([reading], [writing] if rest else [], [], max(left, 0))
            if left <= 0:
                raise TimeoutError
            try:
                if free:
                    rest = rest[os.write(writing, rest) :]
            except BrokenPipeError:
                return None
            if ready:
                piece = os.read(reading, 1 << 20)
                if not piece:
                    return None
                answer += piece
        return bytes(answer)

    def _last_words(self) -> str:
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""

    def end(self) -> None:
        """End the process and everything it started."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            _log.debug("process %d was gone", process.pid)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
        if self._folder is not None:
            self._folder.cleanup()
