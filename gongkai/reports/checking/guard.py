"""Workers kept in check: each a process of its own that is ended when it takes too long, and replaced when it falls."""

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
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from queue import SimpleQueue
from typing import Any, TypeVar

SECONDS = 10.0
STARTING = 60.0  # seconds that the start of a worker may take on a busy machine
_COMMAND = (sys.executable, "-m", "gongkai.reports.checking.worker")
_log = logging.getLogger(__name__)
Task = dict[str, Any]
Answer = dict[str, Any]
T = TypeVar("T")


class Worker:
    """One worker process, started when first asked."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self.closed = False  # given up: nobody waits for its answers
        self._process: subprocess.Popen[bytes] | None = None
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker

    def ask(self, task: Task) -> Answer:
        """The answer to a task, or a refusal when the worker fell or took too long."""
        if self.closed:
            return _refused(task, "unreadable", "检查已中断")
        try:
            process = self._process or self._start()
        except TimeoutError:  # the machine is too busy for it: no fault of the file
            self.end()
            return _refused(task, "busy", f"机器太忙,{STARTING:g} 秒没有启动检查,请稍后再试")
        try:
            answer = self._exchange(process, json.dumps(task).encode("ascii") + b"\n", self.seconds)
        except TimeoutError:
            self.end()
            return _refused(task, "too_slow", f"检查超过 {self.seconds:g} 秒,已停止。文件可能损坏或过于复杂")
        if answer is None:
            why = self._last_words()
            if not self.closed:
                _log.warning("worker fell over %s: %s", task.get("name", ""), why)
            self.end()
            if "MemoryError" in why or "bad_alloc" in why:
                return _refused(task, "too_large", "文件占用的内存超过上限,已停止读取")
            return _refused(task, "unreadable", "读取文件时出错,已停止。文件可能损坏,请在办公软件中打开另存后再检查")
        found: Answer = json.loads(answer)
        return found

    def _start(self) -> subprocess.Popen[bytes]:
        self._said.seek(0)
        self._said.truncate()
        # A session of its own, so that what the worker starts (LibreOffice) ends with it.
        self._process = subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            start_new_session=True,
            bufsize=0,
        )
        # The start is not the file's fault: it is waited for apart.
        self._exchange(self._process, b'{"do": "ready"}\n', STARTING)
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], line: bytes, seconds: float) -> bytes | None:
        """Write a line and read one back; None when the process ended, TimeoutError when it says nothing in time."""
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a worker is started with both pipes")
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
            _log.debug("worker %d was gone", process.pid)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


def _refused(task: Task, code: str, reason: str) -> Answer:
    return {"refused": [code, f"{task.get('name', '')}:{reason}。", ""]}


@contextmanager
def worker(seconds: float = SECONDS) -> Iterator[Worker]:
    """A worker for a few files, ended afterwards."""
    one = Worker(seconds)
    try:
        yield one
    finally:
        one.end()


class Pool:
    """Several workers side by side."""

    def __init__(self, size: int, seconds: float = SECONDS) -> None:
        self._workers = [Worker(seconds) for _ in range(size)]
        self._free: SimpleQueue[Worker] = SimpleQueue()
        for one in self._workers:
            self._free.put(one)
        self._threads = ThreadPoolExecutor(size)

    def run(self, things: Iterable[T], task: Callable[[T], Task]) -> Iterator[tuple[T, Answer]]:
        """Each thing with the answer to its task, as they come; tasks are made when a worker is near."""
        rest = iter(things)
        running: dict[Future[Answer], T] = {}
        while True:
            for thing in islice(rest, 2 * len(self._workers) - len(running)):
                running[self._threads.submit(self._ask, task, thing)] = thing
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()

    def _ask(self, task: Callable[[T], Task], thing: T) -> Answer:
        one = self._free.get()
        try:
            return one.ask(task(thing))
        finally:
            self._free.put(one)

    def end(self) -> None:
        """End every worker; what is running is given up."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for one in self._workers:
            one.closed = True
            one.end()
