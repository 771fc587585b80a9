"""Workers kept in check: each a process of its own that is ended when it takes too long, and replaced when it falls."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from queue import SimpleQueue
from typing import TypeVar

from gongkai.containers.guarded import STARTING, Answer, Fallen, Guarded, NotStarted, Task, TooSlow

__all__ = ["SECONDS", "Answer", "Pool", "Task", "Worker", "worker"]
SECONDS = 10.0
_MODULE = "gongkai.reports.checking.worker"
_log = logging.getLogger(__name__)
T = TypeVar("T")


class Worker(Guarded):
    """One worker process, started when first asked."""

    def __init__(self, seconds: float = SECONDS) -> None:
        super().__init__(_MODULE, seconds)
        self.closed = False  # given up: nobody waits for its answers

    def ask(self, task: Task) -> Answer:
        """The answer to a task, or a refusal when the worker fell or took too long."""
        if self.closed:
            return _refused(task, "unreadable", "检查已中断")
        try:
            return self.answer(task)
        except NotStarted:  # the machine is too busy for it: no fault of the file
            return _refused(task, "busy", f"机器太忙,{STARTING:g} 秒没有启动检查,请稍后再试")
        except TooSlow:
            return _refused(task, "too_slow", f"检查超过 {self.seconds:g} 秒,已停止。文件可能损坏或过于复杂")
        except Fallen as fault:
            if not self.closed:
                _log.warning("worker fell over %s: %s", task.get("name", ""), fault)
            if fault.out_of_memory:
                return _refused(task, "too_large", "文件占用的内存超过上限,已停止读取")
            return _refused(task, "unreadable", "读取文件时出错,已停止。文件可能损坏,请在办公软件中打开另存后再检查")


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
