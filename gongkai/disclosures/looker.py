"""A process that looks at one file at a time, within limits of its own: one line of JSON a task, one an answer.

`python -m gongkai.disclosures.looker` reads tasks from standard input. A file that brings it down brings down nothing
else: the caller (`apart`) says so and starts another.
"""

from __future__ import annotations

import base64
import json
import signal
from collections.abc import Callable, Mapping
from typing import Any

from gongkai.containers.answering import serve
from gongkai.disclosures import looking
from gongkai.law.refusal import Refused
from gongkai.screening.findings import Finding, Place

MEMORY = 2 * 1024 * 1024 * 1024
SECONDS = 60  # for one file, whoever asks
Task = Mapping[str, Any]
Answer = dict[str, Any]


def at_file(task: Task) -> Answer:
    """Task: name, data (base64). Answer: what was seen."""
    return told(looking.at_file(base64.b64decode(task["data"]), task["name"]))


def masked(task: Task) -> Answer:
    """Task: name, data (the public copy), hits as [text, what stands instead, ground]. Answer: the copy made anew."""
    hits = [(str(text), str(shown), str(ground)) for text, shown, ground in task["hits"]]
    return told(looking.masked(base64.b64decode(task["data"]), task["name"], hits))


def ready(task: Task) -> Answer:
    """Says that the process stands, with its rules read."""
    looking.rules()
    return {"ready": True}


TASKS: Mapping[str, Callable[[Task], Answer]] = {"ready": ready, "file": at_file, "masked": masked}


def told(looked: looking.Looked) -> Answer:
    """What was seen, as JSON."""
    return {
        "name": looked.name, "media_type": looked.media_type, "text": looked.text,
        "public": base64.b64encode(looked.public).decode("ascii"), "quarantined": looked.quarantined,
        "findings": [one.as_json() for one in looked.findings], "left_out": [one.as_json() for one in looked.left_out],
    }  # fmt: skip


def heard(answer: Mapping[str, Any]) -> looking.Looked:
    """The inverse of `told`."""
    return looking.Looked(
        answer["name"], answer["media_type"], answer["text"], base64.b64decode(answer["public"]),
        _findings(answer["findings"]), _findings(answer["left_out"]), answer["quarantined"],
    )  # fmt: skip


def _findings(rows: list[dict[str, Any]]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            **{**row, "where": Place(**row["where"]), "span": (row["span"][0], row["span"][1]) if row["span"] else None}
        )
        for row in rows
    )


def answer(line: bytes) -> Answer:
    """The answer to one task; a refusal is an answer."""
    task = json.loads(line)
    # Whoever asked may be gone; nobody would end this process then.
    signal.alarm(SECONDS + 5)
    try:
        return TASKS[task["do"]](task)
    except Refused as no:
        return {"refused": [no.code, no.reason, no.cite]}
    except RecursionError:
        return {"refused": ["too_complex", "没有保存:文件嵌套太深,已停止检查。请另存为 docx 或 pdf 后再上传", ""]}
    except MemoryError:
        return {"refused": ["too_large", "没有保存:检查它占用的内存超过上限。请压缩图片或拆成几个文件后再上传", ""]}
    finally:
        signal.alarm(0)


def main() -> None:
    """Answer tasks until standard input ends."""
    serve(answer, memory=MEMORY)


if __name__ == "__main__":
    main()
