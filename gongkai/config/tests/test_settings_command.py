"""`gongkai settings`: every variable known and explained, every fault told in a sentence, no secret shown."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import make_password
from django.test import override_settings

from gongkai.config import settings as product
from gongkai.config.commands import serve, settings
from gongkai.config.variables import PREFIX, VARIABLES, problems

ROOT = Path(__file__).resolve().parents[3]
READ = re.compile(r"environ(?:\.get\(|\[)\s*\"(GONGKAI_\w+)\"")


def sentence(**environment: str) -> str:
    """The one fault of these variables (names without the prefix)."""
    (found,) = problems({PREFIX + name: value for name, value in environment.items()})
    return str(found)


def test_every_variable_that_the_program_reads_is_known_and_in_the_manual() -> None:
    read = {name for path in ROOT.glob("gongkai/**/*.py") for name in READ.findall(path.read_text(encoding="utf-8"))}
    known = {variable.name for variable in VARIABLES}
    assert len(read) > 8
    assert read <= known
    manual = (ROOT / "docs/how-to/settings.md").read_text(encoding="utf-8")
    assert not [name for name in known - {"GONGKAI_CHROMIUM"} if f"`{name}`" not in manual]


def test_a_misspelt_variable_is_named_with_the_nearest_known_one() -> None:
    assert "GONGKAI_DATABASE_URL" in sentence(DATABSE_URL="postgres://x@y/z")
    assert "是不是" not in sentence(QQQQQQQQQQ="1")


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("HTTPS", "true", "写 1"),
        ("DEBUG", "yes", "写 1"),
        ("HOSTS", "https://xxgk.example.gov.cn", "只写名称"),
        ("HOSTS", "a.gov.cn, b.gov.cn", "只写名称"),
        ("HOSTS", "a.gov.cn:8000", "只写名称"),
        ("ORIGINS", "xxgk.example.gov.cn", "https://"),
        ("ORIGINS", "https://xxgk.example.gov.cn/", "末尾不带斜线"),
        ("DATABASE_URL", "mysql://root@localhost/x", "postgres://"),
        ("DATABASE_URL", "postgres://gongkai@localhost", "没有写数据库名"),
        ("DATABASE_URL", "sqlite://", "没有写数据库文件"),
        ("SECRET_KEY", "secret", "至少 50 个"),
        ("SITE_ID_CODE", "22020000", "10 位数字"),
        ("BOOK", "/nowhere", "calendar"),
        ("FONT_DIR", "/nowhere", "没有 /nowhere"),
        ("HOME", "/etc/hostname", "是一个文件"),
        ("SITE_NAME", " 某市 ", "空格"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_right(name: str, value: str, right: str) -> None:
    assert right in sentence(**{name: value})


def test_right_values_are_not_complained_of(tmp_path: Path) -> None:
    environment = {
        "HOME": str(tmp_path / "new" / "var"), "HOSTS": "xxgk.example.gov.cn,10.0.0.8,[::1],.gov.cn", "HTTPS": "1",
        "ORIGINS": "https://xxgk.example.gov.cn,https://a.cn:8443", "DATABASE_URL": "postgres://u:p@h:5432/gongkai",
        "SECRET_KEY": "0123456789" * 5, "DEMO": "0", "DEBUG": "", "BOOK": str(ROOT / "gongkai/law/book"),
        "SITE_ID_CODE": "2202000001",
    }  # fmt: skip
    assert problems({PREFIX + name: value for name, value in environment.items()} | {"PATH": "/bin"}) == []


def test_tracebacks_may_not_be_shown_on_a_reachable_machine() -> None:
    assert "泄露" in sentence(DEBUG="1", HOSTS="xxgk.example.gov.cn")


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GONGKAI_DATABASE_URL", "postgres://gongkai:hushhush@localhost/gongkai")
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "hushhush")
    for arguments in ([], ["--json"]):
        assert settings.run(arguments) == 1
        assert "hushhush" not in capsys.readouterr().out


def test_the_check_says_what_it_found_and_needs_no_django() -> None:
    told = (
        "import sys; from gongkai.config.command import main; code = main(['settings', '--json'])\n"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'django']; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=False, env={"GONGKAI_HTPS": "1"}
    )
    assert done.returncode == 1, done.stderr
    assert "GONGKAI_HTTPS" in json.loads(done.stdout)["problems"][0]["sentence"]


def test_the_site_does_not_start_on_wrong_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GONGKAI_HTTPS", "on")
    assert serve.run(["--port", "0"]) == 2
    assert "GONGKAI_HTTPS" in capsys.readouterr().err


def test_passwords_are_kept_by_a_hash_that_is_slow_to_guess() -> None:
    """As the product is set, not as the tests are: NIST SP 800-63B asks for a slow one-way function with a salt."""
    with override_settings(PASSWORD_HASHERS=getattr(product, "PASSWORD_HASHERS", global_settings.PASSWORD_HASHERS)):
        algorithm, iterations, salt, _ = make_password("松花江畔-雾凇-1995").split("$")
    assert (algorithm, int(iterations) >= 600_000, len(salt) >= 16) == ("pbkdf2_sha256", True, True)


def test_a_command_that_reads_no_file_loads_no_reader_of_files(tmp_path: Path) -> None:
    """The desks know what a reader gives; `gongkai verify` and the like start in two thirds of the time."""
    code = "import sys; from gongkai.config.start import start; start(); print(*sys.modules)"
    environment = {**os.environ, "GONGKAI_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert not {"pdfplumber", "lxml", "xlsxwriter", "typst", "PIL"} & set(done.stdout.split())


def test_a_command_that_cannot_begin_says_which_setting_is_wrong(tmp_path: Path) -> None:
    environment = {**os.environ, "GONGKAI_HOME": str(tmp_path), "GONGKAI_DATABASE_URL": "foo://nowhere"}
    command = [sys.executable, "-c", "import sys; from gongkai.config.command import main; sys.exit(main())", "verify"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "GONGKAI_DATABASE_URL：只能用 postgres://" in done.stderr
    assert "Traceback" not in done.stderr
