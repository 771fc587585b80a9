"""`gongkai settings`: the settings as they are, and what is wrong with them, in sentences."""

import argparse
import json
import os

from gongkai.config.variables import VARIABLES, Variable, problems


def parser() -> argparse.ArgumentParser:
    """The options of `gongkai settings`."""
    made = argparse.ArgumentParser(
        prog="gongkai settings",
        description="列出全部环境变量设置、当前的值和含义，并说明哪里不对、该怎么写。",
        epilog="退出码：0 没有问题；1 有问题（gongkai serve 会因此不启动）。",
    )
    made.add_argument("--json", action="store_true", help="输出 JSON")
    return made


def run(argv: list[str]) -> int:
    """Exit code 0 when every variable is well, 1 when one is not."""
    options = parser().parse_args(argv)
    found = problems(os.environ)
    if options.json:
        told = [{"name": problem.name, "sentence": problem.sentence} for problem in found]
        values = {variable.name: shown(variable, os.environ.get(variable.name, "")) for variable in VARIABLES}
        print(json.dumps({"settings": values, "problems": told}, ensure_ascii=False))
        return 1 if found else 0
    for variable in VARIABLES:
        print(f"{variable.name:<22} {shown(variable, os.environ.get(variable.name, ''))}\n{'':<22} {variable.meaning}")
    print("\n设置没有问题。" if not found else "\n以下设置有问题：")
    for problem in found:
        print(f"  {problem}")
    return 1 if found else 0


def shown(variable: Variable, value: str) -> str:
    """The value for the screen: the default in words when it is not set, and never a secret."""
    if not value:
        return f"（未设：{variable.default}）"
    return "（已设，不显示）" if variable.secret else value
