"""Files of others are looked at in a process of its own: one that hangs, swells or crashes takes nothing else along."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from gongkai.containers.guarded import Fallen, Guarded, NotStarted, Task, TooSlow
from gongkai.disclosures.looker import SECONDS, heard
from gongkai.disclosures.looking import LARGEST, Looked
from gongkai.law.refusal import Refused

MODULE = "gongkai.disclosures.looker"
KEPT = 1  # processes that wait for the next file; more are started while several are at it, and ended afterwards
_waiting: SimpleQueue[Guarded] = SimpleQueue()


def at_file(data: bytes, name: str, seconds: float = SECONDS) -> Looked:
    """As `looking.at_file`; Refused too when it takes longer than so many seconds, or more memory than is allowed."""
    if len(data) > LARGEST:
        raise Refused("file_too_large", f"“{name}”超过 20 兆字节;请压缩图片或拆成几个文件后再上传")
    return _asked({"do": "file", "name": name, "data": base64.b64encode(data).decode("ascii")}, seconds)


def masked(public: bytes, name: str, hits: Iterable[tuple[str, str, str]], seconds: float = SECONDS) -> Looked:
    """As `looking.masked`."""
    data = base64.b64encode(public).decode("ascii")
    return _asked({"do": "masked", "name": name, "data": data, "hits": [list(hit) for hit in hits]}, seconds)


def _asked(task: Task, seconds: float) -> Looked:
    name = task["name"]
    with _looker(seconds) as looker:
        try:
            answer = looker.answer(task)
        except NotStarted:
            raise Refused("busy", f"“{name}”没有保存:机器太忙,没有能够检查;请稍后再上传") from None
        except TooSlow:
            raise Refused(
                "too_slow",
                f"“{name}”没有保存:检查超过 {seconds:g} 秒,已停止。文件可能损坏或过于复杂;请拆成几个文件,或另存为 pdf "
                "后再上传",
            ) from None
        except Fallen as fallen:
            if fallen.out_of_memory:
                raise Refused(
                    "too_large", f"“{name}”没有保存:检查它占用的内存超过上限;请压缩图片或拆成几个文件后再上传"
                ) from fallen
            raise Refused(
                "unreadable_file", f"“{name}”没有保存:检查时出错。文件可能损坏;请在办公软件中打开,另存后再上传"
            ) from fallen
    if "refused" in answer:
        code, reason, cite = answer["refused"]
        raise Refused(code, reason if name in reason else f"“{name}”{reason}", cite)
    return heard(answer)


@contextmanager
def _looker(seconds: float) -> Iterator[Guarded]:
    """A process that is free, or a new one; afterwards it waits for the next file, unless enough do."""
    try:
        one = _waiting.get_nowait()
    except Empty:
        one = Guarded(MODULE, seconds)
    one.seconds = seconds
    try:
        yield one
    finally:
        if _waiting.qsize() < KEPT:
            _waiting.put(one)
        else:
            one.end()
