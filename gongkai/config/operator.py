"""Who runs a command: the person signed in to the machine, as the entry book names them."""

import getpass


def shell_user() -> str:
    """E.g. "root（命令行）"; on a machine that does not know the account, its number."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "未知账号"
    return f"{name}（命令行）"
