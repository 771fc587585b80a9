"""The `gongkai` command: picks the sub-command and imports nothing else, so that each starts as light as it is."""

import sys

# name -> (module, one line in Chinese). Commands that need no database do not load Django.
COMMANDS = {
    "demo": ("demo", "建立演示数据并编制、检查、发布演示年报"),
    "serve": ("serve", "启动网站"),
    "import": ("import_", "导入登记簿工作簿(或下载模板)"),
    "compile": ("compile", "由登记簿编制年度报告"),
    "check": ("check", "检查年度报告文件"),
    "screen": ("screen", "公开前筛查文件:个人信息、密级标志、隐藏内容"),
    "due": ("due", "计算期限并逐日说明"),
    "fee": ("fee", "计算信息处理费并说明"),
    "law": ("law", "查看、校验、印出法规册"),
    "verify": ("verify", "核验操作日志没有被改动"),
    "anchor": ("anchor", "生成当日日锚(供定时任务使用)"),
    "backup": ("backup", "备份数据库和文件"),
    "search": ("search", "检索公开信息；查看或重建检索索引"),
    "work": ("work", "执行后台任务(gongkai serve 自带一个)"),
    "redate": ("redate", "工作日历或期限改动后,重算未办结事项的期限"),
    "restore": ("restore", "把备份恢复到空的数据库"),
    "settings": ("settings", "检查环境变量设置"),
}
DONE, FINDINGS, UNUSABLE = 0, 1, 2


def usage() -> str:
    """What the command can do, a line each."""
    lines = ["用法:gongkai 命令 [选项];gongkai 命令 --help 看详细说明。", ""]
    lines += [f"  {name:<9}{title}" for name, (_, title) in COMMANDS.items()]
    lines += ["", "退出码:0 完成;1 有发现的问题;2 被拒绝或输入不可用。"]
    return "\n".join(lines)


def main(argv=None) -> int:  # type: ignore[no-untyped-def]
    """Runs one sub-command. Exit code: 0 done, 1 findings, 2 refused or unusable input."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] in ("-h", "--help"):
        print(usage())
        return DONE if arguments else UNUSABLE
    name = arguments[0]
    if name not in COMMANDS:
        print(f"没有“{name}”这个命令。\n\n{usage()}", file=sys.stderr)
        return UNUSABLE
    module = __import__(f"gongkai.config.commands.{COMMANDS[name][0]}", fromlist=["run"])
    try:
        return int(module.run(arguments[1:]))
    except BrokenPipeError:  # the reader (head, less) has gone: not our fault, and nothing to say
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print("\n已中断;没有写完的步骤不会留下半截数据,再次运行即可继续。", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
