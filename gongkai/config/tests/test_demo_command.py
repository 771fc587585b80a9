"""`gongkai demo`: what it refuses, before anything slow has begun."""

import fcntl
import socket
from pathlib import Path

import pytest

from gongkai.config import settings
from gongkai.config.commands import demo
from gongkai.demonstration import people
from gongkai.law.refusal import Refused
from gongkai.organs.models import Organ


def test_a_taken_port_is_told_before_anything_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert demo.run(["--port", str(port)]) == 2
    said = capsys.readouterr()
    assert f"端口 {port} 已被占用" in said.err
    assert said.out == ""


def test_two_preparations_do_not_run_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    with (tmp_path / "demo.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="另一个 gongkai demo"), demo._alone():
            pass
    with demo._alone():
        pass


@pytest.mark.django_db
def test_no_account_with_a_known_password_is_made_beside_real_organs() -> None:
    Organ.objects.create(code="REAL", kind="department", region_path="吉林省/吉林市", provenance="real")
    with pytest.raises(Refused, match="已有实际业务的机关"):
        people.require_allowed()


@pytest.mark.django_db
def test_the_demonstration_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DEMO", "0")
    with pytest.raises(Refused, match="GONGKAI_DEMO=0"):
        people.require_allowed()


def test_opening_the_demonstration_to_the_network_is_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    demo._welcome("127.0.0.1", 8000)
    assert "请勿" not in capsys.readouterr().out
    demo._welcome("0.0.0.0", 8000)
    said = capsys.readouterr().out
    assert "请勿在其中登记真实业务" in said
    assert all(account.username in said for account in people.ACCOUNTS)
