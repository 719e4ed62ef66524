"""A PostgreSQL server of a test's own, which may be stopped and started again."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FOUND = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/bin")]


class Cluster:
    """A folder with a database in it, reached by a socket there and by no port."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        self.url = f"postgresql://postgres@{str(folder).replace('/', '%2F')}/postgres"

    def make(self) -> None:
        words = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self._run("initdb", "--username=postgres", *words)

    def start(self) -> None:
        options = f"-k {self._folder} -c listen_addresses='' -c fsync=off"
        self._run("pg_ctl", "-w", "-l", str(self._folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-m", "fast", "stop")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()

    def _run(self, program: str, *words: str) -> None:
        # PostgreSQL refuses to run as root.
        as_whom = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
        line = [*as_whom, str(self._programs / program), "-D", str(self._folder / "data"), *words]
        subprocess.run(line, cwd=self._folder, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Give a cluster that runs; skip the test where PostgreSQL is not installed."""
    programs = next((place for place in FOUND if (place / "initdb").exists()), None)
    if programs is None:
        pytest.skip("PostgreSQL's server is not installed (on Debian: postgresql)")
    # Not in the tests' folder: its user may not enter there, and a socket's name has to be short.
    folder = Path(tempfile.mkdtemp(prefix="cluster-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    made = Cluster(programs, folder)
    try:
        made.make()
        made.start()
        yield made
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            made.stop()
        shutil.rmtree(folder)
