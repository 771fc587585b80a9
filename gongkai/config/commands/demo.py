"""`gongkai demo`: the demonstration from an empty folder to published reports; then serves, or writes the files out."""

from __future__ import annotations

import argparse
import errno
import fcntl
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongkai.config.commands.serve import require_free, serve
from gongkai.config.start import bring_up_to_date, database_sentence, is_current, refuse, say, start
from gongkai.law.refusal import Refused

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai demo`."""
    made = argparse.ArgumentParser(
        prog="gongkai demo",
        description="建立演示数据(据公布数重建的2012年,虚构的2019—2025年),编制、检查、发布各年报告,然后启动网站。"
        "每一步只做一次;在任何地方中断,再次运行即接着做完。",
    )
    made.add_argument("--once", action="store_true", help="做完即止,不启动网站;把报告文件写到 --out,并列出检查结果")
    made.add_argument("--host", default="127.0.0.1", help="监听地址,默认只限本机")
    made.add_argument("--port", type=int, default=8000, help="端口,默认 8000")
    made.add_argument("--out", default="out", metavar="DIR", help="--once 时报告文件写到哪里,默认 out")
    return made


def run(argv: list[str]) -> int:
    """Exit code 0 when everything is done (findings in the demonstration reports are no failure), 2 refused."""
    options = parser().parse_args(argv)
    try:
        if not options.once:
            require_free(options.host, options.port)
        _prepare()
        if options.once:
            _write_out(Path(options.out))
            return 0
    except Refused as refused:
        return refuse(refused)
    except BrokenPipeError:
        raise  # the reader of our output has gone: the command itself deals with that
    except sqlite3.OperationalError as error:
        return refuse(Refused("database_unusable", database_sentence(error)))
    except OSError as error:
        return refuse(Refused("disk_unusable", _disk_sentence(error)))
    _welcome(options.host, options.port)
    serve(options.host, options.port)
    return 0


def _prepare() -> None:
    """Everything up to the published reports, each step with a line of progress and its time."""
    start()
    from django.db import OperationalError

    try:
        with _alone():
            _bring_up_to_date()
            _take_steps()
    except OperationalError as error:
        raise Refused("database_unusable", database_sentence(error)) from error


def _bring_up_to_date() -> None:
    if not is_current():
        with _told("建立数据库") as result:
            bring_up_to_date()
            result.append("完成")


def _take_steps() -> None:
    from gongkai.demonstration import people
    from gongkai.demonstration.steps import steps

    people.require_allowed()
    todo = list(steps())
    for place, step in enumerate(todo, start=1):
        if not step.done():
            with _told(f"[{place}/{len(todo)}] {step.title}") as result:
                result.append(step.do())


@contextmanager
def _told(title: str) -> Iterator[list[str]]:
    """A line of progress: what is being done, then what came of it and how long it took."""
    began, result = time.monotonic(), list[str]()
    print(f"{title}……", end="", flush=True)
    try:
        yield result
    finally:
        say(f"{result[0]}({time.monotonic() - began:.1f} 秒)" if result else "没有完成")


@contextmanager
def _alone() -> Iterator[None]:
    """One preparation at a time; the lock falls with the process, however that ends."""
    from gongkai.config.settings import HOME

    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("demo_running", "另一个 gongkai demo 正在准备同一份演示数据;请等它做完再运行。") from error
        yield


def _write_out(folder: Path) -> None:
    from gongkai.demonstration import output

    began = time.monotonic()
    written = [*output.write_reports(folder), *output.write_ledgers(folder)]
    say(f"已写出 {len(written)} 个文件到 {folder}/({time.monotonic() - began:.1f} 秒)")
    say("检查结果(2012年的不通过项出自原报告,演示中照样保留):")
    for line in output.findings():
        say(line)


def _welcome(host: str, port: int) -> None:
    from gongkai.demonstration import people

    shown = f"[{host}]" if ":" in host else host
    site = f"http://{shown}:{port}"
    say(f"\n门户      {site}/")
    say(f"2012年报  {site}/reports/{people.BUREAU}/2012/")
    say(f"工作台    {site}/desk/")
    say("演示账号(仅供演示,密码人人可知):")
    for account in people.ACCOUNTS:
        say(f"  {account.username:<10}密码 {people.PASSWORD}  {account.name},{account.says}")
    if host not in LOOPBACK:
        say("注意:正在向本机以外开放,任何人都能用演示账号登录;请勿在其中登记真实业务。")
    say("按 Ctrl+C 停止。")


def _disk_sentence(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "磁盘已满;请清出空间后再次运行,已完成的步骤不会重做。"
    return f"{error.filename or '文件'} 不能读写({error.strerror});请检查权限,或用 GONGKAI_HOME 指定别处。"
