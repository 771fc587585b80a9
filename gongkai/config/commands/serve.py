"""`gongkai serve`: the website on one machine."""

import argparse
import errno
import os
import socket

from gongkai.config.start import bring_up_to_date, catch_up, refuse, say, start
from gongkai.config.variables import problems
from gongkai.law.refusal import Refused


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai serve`."""
    made = argparse.ArgumentParser(prog="gongkai serve", description="启动网站(门户与工作台)。")
    made.add_argument("--host", default="127.0.0.1", help="监听地址,默认只限本机")
    made.add_argument("--port", type=int, default=8000, help="端口,默认 8000")
    made.add_argument("--no-work", action="store_true", help="不执行后台任务（另有 gongkai work 在执行时）")
    return made


def require_free(host: str, port: int) -> None:
    """Refused when the port is taken or may not be used, before anything slow has begun."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refused(
                    "port_taken", f"端口 {port} 已被占用;请停掉占用它的程序,或换一个:--port {port + 1}"
                ) from error
            raise Refused("port_unusable", f"不能在 {host}:{port} 上监听({error.strerror});请换地址或端口。") from error
        except OverflowError as error:
            raise Refused("port_unusable", f"端口应在 1 到 65535 之间,而不是 {port}。") from error


def require_settings() -> None:
    """Refused with every fault of the environment variables: a misspelt one would otherwise pass unseen."""
    if found := problems(os.environ):
        raise Refused("bad_settings", "设置有问题，没有启动：\n" + "\n".join(f"  {problem}" for problem in found))


def offer_set_up(address: str) -> None:
    """On a new installation, where to begin and with which code; otherwise nothing."""
    from django.utils import timezone

    from gongkai.workbench.accounts import setting_up

    if code := setting_up.begin(at=timezone.now()):
        say(f"\n还没有登记任何机关。首次设置：{address}desk/setup/")
        say(f"设置码：{code}\n（只能用一次；中断了，重新启动会打印新的。）")


def serve(host: str, port: int, *, work: bool = True) -> None:
    """Serves until stopped; granian with blocking threads, because the views are synchronous (docs/decisions).

    work: does the long work that pages ask for as well, makes the anchor of the day and keeps the search index.
    """
    import multiprocessing

    from granian import Granian
    from granian.constants import Interfaces

    from gongkai.config import indexer, worker

    if work:
        # Processes of the site begin afresh: a fork would carry the worker's thread and connection over half-way.
        multiprocessing.set_start_method("spawn", force=True)
        worker.beside()
        indexer.beside()
    Granian(
        "gongkai.config.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=1,
        blocking_threads=4, log_enabled=False,
    ).serve()  # fmt: skip


def run(argv: list[str]) -> int:
    """Brings the database up to date and serves."""
    options = parser().parse_args(argv)
    try:
        require_settings()
        require_free(options.host, options.port)
        start()
        bring_up_to_date()
        catch_up()
    except Refused as refused:
        return refuse(refused)
    address = f"http://{options.host}:{options.port}/"
    say(f"网站在 {address} ，工作台在 {address}desk/ ；按 Ctrl+C 停止。")
    offer_set_up(address)
    serve(options.host, options.port, work=not options.no_work)
    return 0
