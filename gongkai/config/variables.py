"""The environment variables: what each means, and what is wrong with a value, in sentences. Needs no Django."""

from __future__ import annotations

import difflib
import importlib.util
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "GONGKAI_"
CHAPTERS = ("calendar", "time_limits", "fees", "report_forms", "vocabulary")
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
HOST = re.compile(r"\.?[0-9A-Za-z\u4e00-\u9fff-]+(\.[0-9A-Za-z\u4e00-\u9fff-]+)*|\[[0-9a-fA-F:]+\]|\*")

ENGINE = "tantivy" if importlib.util.find_spec("tantivy") else "fts5（没有安装 tantivy）"

Check = Callable[[str], str]
"""Takes a value that is not empty; gives a sentence saying what is wrong and what to write, or ""."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable. default: what holds when it is not set, in words; secret: its value is never shown."""

    name: str
    meaning: str
    default: str
    check: Check
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a variable, as a sentence."""

    name: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.name}：{self.sentence}"


def _anything(value: str) -> str:
    return ""


def _switch(on: str, off: str) -> Check:
    def check(value: str) -> str:
        return "" if value in ("0", "1") else f"“{value}”不是可用的值；{on}写 1，{off}写 0 或不设"

    return check


def _data_folder(value: str) -> str:
    folder = Path(value)
    if folder.exists() and not folder.is_dir():
        return f"{value} 是一个文件；请写一个文件夹"
    standing = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not os.access(standing, os.W_OK | os.X_OK):
        return f"{standing} 不可写；请改权限，或换一个文件夹"
    return ""


def _folder(value: str) -> str:
    return "" if Path(value).is_dir() else f"没有 {value} 这个文件夹；请改正路径，或不设此项"


def _book(value: str) -> str:
    absent = [chapter for chapter in CHAPTERS if not (Path(value) / chapter).is_dir()]
    return f"{value} 里没有 {'、'.join(absent)}；请指向与程序自带法规册章节相同的文件夹" if absent else ""


def _database(value: str) -> str:
    scheme, _, rest = value.partition("://")
    if scheme == "sqlite":
        return "" if rest.strip("/") else "没有写数据库文件；例如 sqlite:////srv/gongkai/gongkai.sqlite3"
    if scheme not in ("postgres", "postgresql"):
        return "只能用 postgres://用户:口令@主机/数据库 或 sqlite:////文件 的写法"
    if not urlsplit(value).path.strip("/"):
        return "没有写数据库名；例如 postgres://gongkai@localhost/gongkai"
    if importlib.util.find_spec("psycopg") is None:
        return (
            "没有安装 PostgreSQL 驱动；请在程序的环境里执行 pip install -c constraints.txt 'psycopg[binary]'"
            "（用 ./run 建的环境是 .venv/bin/pip）"
        )
    return ""


def _engine(value: str) -> str:
    if value not in ("tantivy", "fts5"):
        return f"没有“{value}”这个检索引擎；请写 tantivy 或 fts5，或不设"
    absent = value == "tantivy" and importlib.util.find_spec("tantivy") is None
    return "没有安装 tantivy；请执行 pip install tantivy，或写 fts5，或不设" if absent else ""


def _secret_key(value: str) -> str:
    if len(value) < 50 or len(set(value)) < 5:
        return "签名密钥太短或太简单；请用至少 50 个随机字符，或不设此项由程序自动生成"
    return ""


def _hosts(value: str) -> str:
    for host in value.split(","):
        if not HOST.fullmatch(host):
            return (
                f"“{host}”不是主机名；只写名称，不带 http://、端口和空格，多个用英文逗号隔开，"
                "例如 xxgk.example.gov.cn,10.0.0.8"
            )
    return ""


def _origins(value: str) -> str:
    for origin in filter(None, value.split(",")):
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or " " in origin:
            return f"“{origin}”不是来源；请写成 https://主机名 的样子，末尾不带斜线，例如 https://xxgk.example.gov.cn"
    return ""


def _site_code(value: str) -> str:
    return "" if re.fullmatch(r"\d{10}", value) else f"“{value}”不是政府网站标识码；应为 10 位数字，例如 2202000001"


def _count(value: str) -> str:
    return "" if re.fullmatch(r"\d", value) else f"“{value}”不是层数；请写 0 到 9 的数字，例如 1"


VARIABLES = (
    Variable("GONGKAI_HOME", "嵌入式数据库、签名密钥等放在哪里", "程序旁的 var 文件夹", _data_folder),
    Variable("GONGKAI_DATABASE_URL", "数据库", "GONGKAI_HOME 里的 SQLite 文件", _database, secret=True),
    Variable("GONGKAI_SECRET_KEY", "签名密钥", "自动生成，存在 GONGKAI_HOME 里", _secret_key, secret=True),
    Variable("GONGKAI_HOSTS", "网站的主机名", "只限本机", _hosts),
    Variable("GONGKAI_ORIGINS", "代理后面允许提交表单的来源", "无", _origins),
    Variable("GONGKAI_HTTPS", "在 HTTPS 代理后面", "否", _switch("在代理后面", "否则")),
    Variable("GONGKAI_PROXIES", "前面有几层本单位的反向代理（据此认出登录者的地址）", "没有", _count),
    Variable("GONGKAI_SITE_NAME", "网站名称（网页标签）", "无", _anything),
    Variable("GONGKAI_SITE_ID_CODE", "政府网站标识码（网页标签）", "无", _site_code),
    Variable("GONGKAI_BOOK", "另用一套法规册", "程序自带", _book),
    Variable("GONGKAI_FONT_DIR", "单位自有授权字体的文件夹", "无", _folder),
    Variable("GONGKAI_SEARCH", "检索引擎：tantivy，或 fts5（较慢，不需另装）", f"自动：{ENGINE}", _engine),
    Variable("GONGKAI_DEMO", "允许建立演示数据", "允许", _switch("允许", "不允许")),
    Variable("GONGKAI_DEBUG", "显示程序错误的细节", "不显示", _switch("调试", "平时")),
    Variable("GONGKAI_CHROMIUM", "测试用的浏览器", "自动寻找", _anything),
)


def problems(environment: Mapping[str, str]) -> list[Problem]:
    """Everything wrong with the GONGKAI_ variables of an environment; [] when all is well."""
    known = {variable.name: variable for variable in VARIABLES}
    found = []
    for name in sorted(name for name in environment if name.startswith(PREFIX)):
        value = environment[name]
        if name not in known:
            found.append(Problem(name, _unknown(name, list(known))))
        elif value != value.strip():
            found.append(Problem(name, "前后有空格；请去掉"))
        elif value and (sentence := known[name].check(value)):
            found.append(Problem(name, sentence))
    return [*found, *_together(environment)]


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    said = f"没有这个设置，是不是 {near[0]}？" if near else "没有这个设置。"
    return f"{said}请改正或去掉；全部设置见 gongkai settings"


def _together(environment: Mapping[str, str]) -> list[Problem]:
    """What is wrong between variables that are right each by itself."""
    hosts = set(environment.get("GONGKAI_HOSTS", "localhost").split(","))
    if environment.get("GONGKAI_DEBUG") == "1" and not hosts <= LOOPBACK:
        return [Problem("GONGKAI_DEBUG", "网站可从别的机器访问（GONGKAI_HOSTS）时不能显示错误细节，会泄露数据；请去掉")]
    return []
