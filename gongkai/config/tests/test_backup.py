"""The backup drill: from one machine to another, between both databases, killed and damaged in every way."""

from __future__ import annotations

import gzip
import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.operations.special import RunPython

from gongkai.config.backup import archive
from gongkai.config.tests.archives import Members, altered, edit, members_of
from gongkai.config.tests.machine import Machine, machine
from gongkai.law.refusal import Refused

GROWING = {"records.chain", "records.entry"}  # each restoration leaves an entry
# Databases of both kinds, there and back; one worker, so that the old machine is furnished once.
pytestmark = [pytest.mark.django_db, pytest.mark.own_database, pytest.mark.xdist_group("machines")]


@pytest.fixture(scope="module")
def old(up_to_date: Machine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """The machine that will be lost: a published report, registers, files."""
    with machine(tmp_path_factory.mktemp("old"), like=up_to_date) as made:
        yield made.furnished()


@pytest.fixture(scope="module")
def backup(old: Machine) -> Path:
    path = old.folder / "old.tar.gz"
    old.run("backup", str(path))
    return path


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Machine]:
    """A machine where nothing has run yet."""
    with machine(tmp_path / "bare") as made:
        yield made


@pytest.fixture
def new(up_to_date: Machine, tmp_path: Path) -> Iterator[Machine]:
    """An empty machine whose tables stand."""
    with machine(tmp_path / "new", like=up_to_date) as made:
        yield made


@pytest.fixture(scope="module")
def restored(backup: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine where nothing had run yet, with the other kind of database, after the restoration."""
    with machine(tmp_path_factory.mktemp("restored"), other=True) as made:
        made.run("restore", str(backup))
        yield made


def manifest_of(path: Path) -> dict[str, Any]:
    return archive.check(path)


# ── The drill ──


def test_what_is_restored_on_the_other_database_and_back_has_the_same_digests(
    backup: Path, restored: Machine, bare: Machine, tmp_path: Path
) -> None:
    first = manifest_of(backup)
    assert first["tables"]["reports.figure"]["rows"] > 50
    assert first["tables"]["reports.renderedfile"]["rows"] >= 5
    restored.run("backup", str(tmp_path / "second.tar.gz"))
    bare.run("restore", str(tmp_path / "second.tar.gz"))
    bare.run("backup", str(tmp_path / "third.tar.gz"))
    for later, entries in (("second", 1), ("third", 2)):
        found = manifest_of(tmp_path / f"{later}.tar.gz")
        differing = {label for label, table in first["tables"].items() if found["tables"][label] != table}
        assert differing == GROWING
        grown = found["tables"]["records.entry"]["rows"] - first["tables"]["records.entry"]["rows"]
        assert grown == entries  # each restoration; a backup's own entry comes after it
        assert found["files"] == first["files"]
    for one in (restored, bare):
        assert "完整" in one.run("verify")
        assert one.run("anchor").startswith("今天已有")


def test_a_restored_machine_goes_on_working(backup: Path, restored: Machine, tmp_path: Path) -> None:
    with machine(tmp_path / "going-on", other=True, like=restored) as other:
        done = other.python(
            "from gongkai.config.start import start; start()\n"
            "from django.contrib.auth.models import Permission; from gongkai.reports.models import Report\n"
            "from gongkai.reports import actions, package, assembling; from gongkai.reports.tests import cast\n"
            "report = Report.objects.get(); zhang = report.organ.staff.get(name='张三')\n"
            "assert Permission.objects.count() > 50\n"
            "new = actions.create(report.organ, 2014, by=zhang, at=cast.AT); assert new.pk > report.pk\n"
            "print(bytes(report.files.get(format='pdf').content)[:5])"
        )
        assert done.stdout.strip() == "b'%PDF-'", done.stderr
        assert "已有数据" in other.run("restore", str(backup), code=2)
        other.run("verify")


def test_files_come_back_and_what_is_left_out_is_told(backup: Path, old: Machine, new: Machine) -> None:
    assert set(manifest_of(backup)["files"]) == {"papers/附件 一.bin", "secret-key"}
    said = new.run("restore", str(backup))
    for left_out in ("sessions.session", "static", "uploads"):
        assert f"未包含 {left_out}" in said
    for name in ("papers/附件 一.bin", "secret-key"):
        assert (new.home / name).read_bytes() == (old.home / name).read_bytes()
    assert stat.S_IMODE((new.home / "secret-key").stat().st_mode) == 0o600
    assert not list(new.home.glob("*.unfinished"))


def test_a_job_that_was_running_can_be_run_again_after_the_restoration(
    old: Machine, new: Machine, tmp_path: Path
) -> None:
    running = (
        "from gongkai.config.start import start; start(); from gongkai.records import jobs\n"
        "from django.utils.timezone import now\n"
        "jobs.ask('import', organ_code='gxj', title='导入', arguments={}, by='张三', at=now())\n"
        "jobs.claim('x:1', at=now())"
    )
    with machine(tmp_path / "busy", like=old) as busy:
        assert busy.python(running).returncode == 0
        busy.run("backup", str(tmp_path / "running.tar.gz"))
    new.run("restore", str(tmp_path / "running.tar.gz"))
    shown = new.python(
        "from gongkai.config.start import start; start(); from gongkai.records.models import Job\n"
        "print(Job.objects.get().state)"
    )
    assert shown.stdout.strip() == "failed", shown.stderr


def test_the_signing_key_can_be_left_out(old: Machine, tmp_path: Path) -> None:
    path = tmp_path / "public.tar.gz"
    assert "未包含 secret-key" in old.run("backup", str(path), "--without-secret-key")
    key = (old.home / "secret-key").read_bytes()
    assert not [name for name, content in members_of(path).items() if key in content]


def test_another_key_than_that_of_the_backup_is_told(
    up_to_date: Machine, old: Machine, new: Machine, tmp_path: Path
) -> None:
    path = tmp_path / "public.tar.gz"
    old.run("backup", str(path), "--without-secret-key")
    assert "密钥与备份时的不同" in new.run("restore", str(path), code=1)
    with machine(tmp_path / "third", like=up_to_date) as third:
        third.environment["GONGKAI_SECRET_KEY"] = (old.home / "secret-key").read_text()
        assert "完整" in third.run("restore", str(path))


def test_only_its_owner_can_read_a_backup_and_the_entry_book_knows_its_digest(old: Machine, tmp_path: Path) -> None:
    path = tmp_path / "b.tar.gz"
    told = old.told("backup", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert told["sha256"] == archive.sha256_of(path)
    old.run("verify", "--export", str(tmp_path / "entries.jsonl"))
    kept = [json.loads(line) for line in (tmp_path / "entries.jsonl").read_text().splitlines()]
    assert told["sha256"] in {entry["after"].get("sha256") for entry in kept if entry["act"] == "backup"}


def test_an_older_backup_is_restored_as_it_was_and_brought_up_to_date(
    backup: Path, bare: Machine, tmp_path: Path
) -> None:
    executor = MigrationExecutor(None)
    node, labels = next(
        (node, {f"{node[0]}.{operation.name_lower}" for operation in made})
        for node in sorted(executor.loader.graph.leaf_nodes())
        if not executor.loader.graph.node_map[node].children
        and (operations := executor.loader.disk_migrations[node].operations)
        and (made := [operation for operation in operations if isinstance(operation, CreateModel)])
        and not any(operation.options.get("proxy") for operation in made)
        and all(isinstance(operation, CreateModel | RunPython) for operation in operations)
    )

    def to_older(members: Members) -> None:
        edit(members, archive.HEADER, lambda header: header["migrations"].remove(list(node)))
        edit(members, archive.HEADER, lambda header: header.update(tables=[
            table for table in header["tables"] if table["label"] not in labels
        ]))  # fmt: skip
        for label in labels:
            edit(members, archive.MANIFEST, lambda manifest: manifest["tables"].pop(label))  # noqa: B023 - called at once
        for name in [name for name in members if name.split("/")[1:2] and name.split("/")[1] in labels]:
            del members[name]

    older = altered(backup, tmp_path / "older.tar.gz", to_older)
    assert "逐表读回" in bare.run("restore", str(older))
    for label in labels:
        assert bare.rows(label.replace(".", "_")) == 0
    bare.run("verify")


# ── Refused, and nothing changed ──


def test_nothing_is_restored_over_data(backup: Path, old: Machine) -> None:
    before = old.rows("records_entry")
    assert "已有数据" in old.run("restore", str(backup), code=2)
    assert old.rows("records_entry") == before


def test_nothing_is_restored_over_other_files(backup: Path, new: Machine) -> None:
    (new.home / "papers").mkdir(parents=True)
    (new.home / "papers/附件 一.bin").write_bytes(b"mine")
    assert "内容不同的文件" in new.run("restore", str(backup), code=2)
    assert (new.home / "papers/附件 一.bin").read_bytes() == b"mine"
    assert new.rows("organs_organ") == 0


def _flip(members: Members, name: str) -> None:
    members[name] = members[name].replace("吉林市".encode(), "松江市".encode())


DAMAGE: dict[str, tuple[Callable[[Members], object], str]] = {
    "a row changed": (lambda members: _flip(members, "tables/organs.organ/000001.jsonl"), "archive_altered"),
    "a table missing": (lambda members: members.pop("tables/organs.organ/000001.jsonl"), "archive_altered"),
    "a file changed": (lambda members: members.update({"files/papers/附件 一.bin": b"x"}), "archive_altered"),
    "a file added": (lambda members: members.update({"files/more.bin": b"x"}), "archive_altered"),
    "no manifest": (lambda members: members.pop("manifest.json"), "archive_cut"),
    "a way out": (lambda members: members.update({"files/../../x": b"x"}), "archive_strange"),
    "a root path": (lambda members: members.update({"files//etc/x": b"x"}), "archive_strange"),
    "a strange member": (lambda members: members.update({"x": b"x"}), "archive_strange"),
    "an unknown table": (lambda members: members.update({"tables/a.b/000001.jsonl": b"[]\n"}), "archive_damaged"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_backup_that_is_not_what_its_manifest_says_is_refused(backup: Path, tmp_path: Path, damage: str) -> None:
    change, code = DAMAGE[damage]
    with pytest.raises(Refused) as refused:
        archive.check(altered(backup, tmp_path / "damaged.tar.gz", change))
    assert refused.value.code == code


@pytest.mark.parametrize("kept", [0, 1, 20, 0.1, 0.5, 0.9, -9, -1])
def test_a_backup_cut_short_anywhere_is_refused(backup: Path, tmp_path: Path, kept: float) -> None:
    content = backup.read_bytes()
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(content[: int(kept * len(content)) if isinstance(kept, float) else kept])
    with pytest.raises(Refused):
        archive.check(cut)


@pytest.mark.parametrize("content", [b"", b"not a backup", gzip.compress(b"not a tar", mtime=0)], ids=["0", "1", "2"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.tar.gz"
    path.write_bytes(content)
    with pytest.raises(Refused):
        archive.check(path)


def test_a_damaged_backup_leaves_the_new_machine_empty(backup: Path, new: Machine, tmp_path: Path) -> None:
    damaged = altered(backup, tmp_path / "damaged.tar.gz", DAMAGE["a file changed"][0])
    assert "摘要不符" in new.run("restore", str(damaged), code=2)
    assert new.run("restore", "--check", str(damaged), code=2)
    assert new.rows("organs_organ") == 0
    assert not (new.home / "papers").exists()
    new.run("restore", str(backup))


def test_links_that_lead_nowhere_are_refused(backup: Path, new: Machine, tmp_path: Path) -> None:
    """Also when the manifest was made to fit: the database itself is asked."""

    def orphan(members: Members) -> None:
        del members["tables/organs.organ/000001.jsonl"]
        nothing = archive.Digest().as_json("rows")
        edit(members, archive.MANIFEST, lambda manifest: manifest["tables"].update({"organs.organ": nothing}))

    assert "对不上" in new.run("restore", str(altered(backup, tmp_path / "o.tar.gz", orphan)), code=2)
    assert new.rows("organs_staff") == 0


def test_a_backup_of_a_newer_program_is_refused(backup: Path, new: Machine, tmp_path: Path) -> None:
    def newer(members: Members) -> None:
        edit(members, archive.HEADER, lambda header: header["migrations"].append(["organs", "9999_later"]))

    said = new.run("restore", str(altered(backup, tmp_path / "newer.tar.gz", newer)), code=2)
    assert "请先更新程序" in said


def test_an_archive_whose_entry_book_was_broken_already_is_restored_and_says_so(
    backup: Path, new: Machine, tmp_path: Path
) -> None:
    """The manifest is made to fit: a backup of a broken book, as it stood, must still come back."""

    def broken(members: Members) -> None:
        name = "tables/records.entry/000001.jsonl"
        members[name] = members[name].replace("演练，带问题发布".encode(), "演练，没问题发布".encode())
        digest = archive.Digest()
        digest.add(members[name], members[name].count(b"\n"))
        edit(members, archive.MANIFEST, lambda told: told["tables"].update({"records.entry": digest.as_json("rows")}))

    said = new.run("restore", str(altered(backup, tmp_path / "broken.tar.gz", broken)), code=1)
    assert "被改动" in said


# ── Killed, full, crowded ──


def test_killed_while_it_is_written_no_backup_stands_under_the_name(old: Machine, tmp_path: Path) -> None:
    path = tmp_path / "killed.tar.gz"
    killed = old.python(
        "import os, sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from gongkai.config.start import start; start(); from gongkai.config.backup import making\n"
        "def kill(label):\n    if label == 'organs.organ': os.kill(os.getpid(), 9)\n"
        "making.make(Path(sys.argv[1]), home=Path(sys.argv[2]), with_secret_key=True, by='x', at=datetime.now(UTC),"
        " tell=kill)",
        str(path), str(old.home),
    )  # fmt: skip
    assert killed.returncode == -9
    assert not path.exists()
    old.run("backup", str(path))
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_on_a_full_disk_no_half_backup_is_left(old: Machine, tmp_path: Path) -> None:
    path = tmp_path / "full.tar.gz"
    full = old.python(
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from gongkai.config.start import bring_up_to_date, start; start(); bring_up_to_date()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "import gongkai.config.backup.making as making; from gongkai.law.refusal import Refused\n"
        "from gongkai.records import anchors; anchors.make = lambda *a, **k: None\n"
        "from gongkai.config.commands import backup; sys.exit(backup.run(sys.argv[1:]))",
        str(path),
    )  # fmt: skip
    assert full.returncode == 2, full.stdout + full.stderr
    assert list(tmp_path.iterdir()) == []


def test_killed_while_it_is_restored_the_machine_is_empty_and_can_be_restored(backup: Path, bare: Machine) -> None:
    killed = bare.python(
        "import os, sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from gongkai.config.start import start; start(); from gongkai.config.backup import restoring\n"
        "def kill(label):\n    if label == 'reports.report': os.kill(os.getpid(), 9)\n"
        "restoring.restore(Path(sys.argv[1]), home=Path(sys.argv[2]), by='x', at=datetime.now(UTC), tell=kill)",
        str(backup), str(bare.home),
    )  # fmt: skip
    assert killed.returncode == -9
    assert bare.rows("organs_organ") == 0
    bare.run("restore", str(backup))
    assert bare.rows("organs_organ") == 1


def test_others_write_on_while_a_backup_is_made_and_it_shows_one_moment(old: Machine, tmp_path: Path) -> None:
    path = tmp_path / "busy.tar.gz"
    with machine(tmp_path / "busy", like=old) as busy:
        done = busy.python(
            "import subprocess, sys; from datetime import UTC, datetime; from pathlib import Path\n"
            "from gongkai.config.start import start; start(); from gongkai.config.backup import making\n"
            "WRITE = '''from gongkai.config.start import start; start(); from gongkai.reports.tests import cast\n"
            "cast.bureau(code='late')'''\n"
            "def write(label):\n    if label == 'contenttypes.contenttype':\n"
            "        subprocess.run([sys.executable, '-c', WRITE], check=True)\n"
            "making.make(Path(sys.argv[1]), home=Path(sys.argv[2]), with_secret_key=True, by='x', at=datetime.now(UTC),"
            " tell=write)",
            str(path), str(busy.home),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert busy.rows("organs_organ") == 2
    assert manifest_of(path)["tables"]["organs.organ"]["rows"] == 1


def test_an_existing_file_is_not_covered_unasked(old: Machine, tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_text("mine")
    assert "已经存在" in old.run("backup", str(path), code=2)
    assert path.read_text() == "mine"
    old.run("backup", str(path), "--overwrite")
    assert "备份完整" in old.run("restore", "--check", str(path))


def test_a_place_that_cannot_be_written_is_told(old: Machine) -> None:
    assert "没有写成" in old.run("backup", "/proc/nowhere/b.tar.gz", code=2)
