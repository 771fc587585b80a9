"""Throw-away databases for a benchmark: an SQLite file, or a PostgreSQL server of its own."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

TUNING = "-c shared_buffers=1GB -c work_mem=64MB -c max_wal_size=8GB -c fsync=off -c full_page_writes=off -c max_parallel_workers_per_gather=2"


@contextlib.contextmanager
def database(kind: str) -> Iterator[str]:
    """Gives a database URL, and removes everything afterwards."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        if kind == "sqlite":
            yield f"sqlite:///{folder}/bench.sqlite3"
            return
        with postgresql(Path(folder)) as url:
            yield url


def as_owner(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: root hands it to the postgres user of the Debian package."""
    if os.getuid():
        return command
    return ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", "--", *command]


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL server in `folder`, started and stopped here; installs the Debian package when root may."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries and not os.getuid():
        subprocess.run(["apt-get", "install", "-y", "-qq", "postgresql"], check=True, stdout=subprocess.DEVNULL)
        binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    if not os.getuid():
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data, tool = folder / "data", binaries[-1]
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "check": True}
    subprocess.run(
        as_owner([f"{tool}/initdb", "-D", str(data), "-U", "gongkai", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]),
        **quiet,
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {TUNING}"
    control = as_owner([f"{tool}/pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log")])
    subprocess.run([*control, "-o", options, "start"], **quiet)
    try:
        yield f"postgres://gongkai@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
