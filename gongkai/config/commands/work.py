"""`gongkai work`: does the long work that pages have asked for."""

import argparse
import signal

from gongkai.config.start import bring_up_to_date, catch_up, refuse, say, start
from gongkai.law.refusal import Refused


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai work`."""
    made = argparse.ArgumentParser(
        prog="gongkai work",
        description="执行网页交办的后台任务（大批量导入等），每天生成日锚，并维护检索索引。gongkai serve 自带一个；"
        "网站由别的程序启动，或想分开运行时，才需要单独执行它。",
    )
    made.add_argument("--once", action="store_true", help="做完排队的任务就结束")
    made.add_argument("--job", type=int, metavar="编号", help=argparse.SUPPRESS)
    return made


def run(argv: list[str]) -> int:
    """Exit code 0. For one job (`--job`): 0 when it ended, done or refused; a fault of the program crashes."""
    options = parser().parse_args(argv)
    try:
        start()
        if options.job is not None:
            return performed(options.job)
        bring_up_to_date()
        catch_up()
    except Refused as refused:
        return refuse(refused)
    from gongkai.config import indexer
    from gongkai.config.worker import Worker

    if not options.once:
        indexer.beside()
    worker = Worker()
    signal.signal(signal.SIGTERM, lambda number, frame: worker.stop())
    say("后台任务执行中；按 Ctrl+C 停止。")
    done = worker.work(once=options.once)
    say(f"做完 {done} 个任务。")
    return 0


def performed(pk: int) -> int:
    """One job, in this process."""
    from django.utils import timezone

    from gongkai.records import jobs
    from gongkai.workbench.tasks import KINDS

    jobs.perform(pk, KINDS, clock=timezone.now)
    return 0
