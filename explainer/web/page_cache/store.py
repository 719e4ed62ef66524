"""The rows: one for each address and build of the code, good for one edition of the site.

They lie in a file of their own. So keeping a page never takes the lock that a save needs, a backup
is no larger, and while the database is away readers still get what was public last. Nothing here
needs Django: a process answers from it before Django is there.
"""

import json
import os
import sqlite3
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from pathlib import Path
from threading import Lock, local
from typing import Protocol

from explainer.web.page_cache import table
from explainer.web.page_cache.encodings import BEST, BROTLI, GZIP, IDENTITY, compressed, unpacked
from explainer.web.page_cache.page import Headers, Page

MOST_MISSES = 1_000
"""Addresses without a page that are kept: anybody can think of more."""
MISSES = (301, 404)
NOWHERE = "/.nowhere"
"""The address whose answer is that to every address which no view answers."""
MISSING = "/.missing"
"""The address whose answer is that to every address of a document that never was public."""
SHARED = {NOWHERE: NOWHERE, MISSING: "/-/"}
"""Answers that many addresses share, and an address that has each: no key is a hyphen."""
ROOM, OVERHEAD = 4_000_000, 1_500
"""Bytes of pages that a process holds in memory, and what a page takes besides its body."""
HURRIED = 30.0
"""Seconds after which it is looked if what was compressed in a hurry is smaller by now."""
PATIENCE = 1.0
"""Seconds that a write waits for another one; after that the page is not kept."""
LITTLE = 64
"""Kilobytes of the file that a connection holds; SQLite's own 2,000 are 128 MB in 64 threads."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A page that this process read already, how long it is true, and when to read it again."""

    page: Page
    edition: str
    made_at: float
    until: float
    again: float


class Edition(Protocol):
    """Tells which edition of the site is public now."""

    def current(self) -> str | None:
        """Give its name; None while the database cannot be asked."""


class Store:
    """The file of kept pages, for one build of the code."""

    def __init__(self, path: Path, build: str, edition: Edition) -> None:
        self.path, self.build = path, build
        self._edition = edition
        self._last: str | None = None
        self._remembered: dict[tuple[str, str], Remembered] = {}
        self._room = ROOM
        self._own = local()
        self._making = Lock()

    def edition(self) -> str | None:
        """Give the edition that is public, or was when the database could last be asked."""
        found = self._edition.current()
        if found is not None:
            self._last = found
        return found or self._last

    def find(self, address: str, encoding: str) -> Page | None:
        """Give the page of an address if it is kept and still true."""
        edition, now = self.edition(), time.time()
        known = self._remembered.get((address, encoding))
        if known is None or known.edition != edition or known.again < now:
            known = self._read(address, encoding, edition)
        # A clock that was set back makes what was made "later" unsure.
        return known.page if known and known.made_at <= now < known.until else None

    def _read(self, address: str, encoding: str, edition: str | None) -> Remembered | None:
        row = self._row(table.FIND[encoding], (address, self.build))
        if row is None or edition not in (row[0], None):
            return None
        name, params, status, headers, digest, body, made_at, until, has_br, quality = row
        given = encoding if encoding != BROTLI or has_br else GZIP
        if not body:
            given = IDENTITY
        try:
            if given == IDENTITY:
                body = unpacked(body)
            page = Page(status, _headers(headers), digest, body, given, _names(params))
        except (ValueError, EOFError, OSError, zlib.error):
            # Half a row: the page is made again and written over it.
            return None
        again = inf if quality == BEST else time.time() + HURRIED
        found = Remembered(page, name, made_at, until, again)
        self._remember((address, encoding), found)
        return found

    def _remember(self, key: tuple[str, str], found: Remembered) -> None:
        """Hold a page in memory; when there is no more room, all are let go."""
        size = len(found.page.body) + OVERHEAD
        if size > self._room:
            self._remembered, self._room = {}, ROOM
        self._room -= size
        self._remembered[key] = found

    def keep(
        self, address: str, page: Page, *,
        edition: str, until: float, quality: int, reading: str = "",
    ) -> None:  # fmt: skip
        """Keep an answer, whose body is as it was made; what cannot be kept is made again.

        `reading` tells what it read, so that one can see later if that is the same.
        """
        br, gzip = compressed(page.body, quality)
        values = (
            address, self.build, edition, time.time(), until, " ".join(sorted(page.params)),
            page.status, json.dumps(page.headers), page.digest, br, gzip, quality,
            zlib.compress(reading.encode(), 1),
        )  # fmt: skip
        with suppress(sqlite3.Error, OSError):
            is_miss = page.status in MISSES and address not in SHARED
            if is_miss and self._count_of_misses() >= MOST_MISSES:
                return
            self._connection().execute(table.KEEP, values)

    def reading(self, address: str) -> str:
        """Give what a kept page of whatever edition read, if the page is one of today."""
        row = self._row(table.READ, (address, self.build, now := time.time(), now))
        try:
            return zlib.decompress(row[0]).decode() if row else ""
        except (ValueError, zlib.error):  # half a row
            return ""

    def renew(self, address: str, reading: str, edition: str) -> None:
        """Let a kept page that read this be of an edition: its reading is the same there."""
        with suppress(sqlite3.Error, OSError):
            values = (edition, address, self.build, zlib.compress(reading.encode(), 1))
            self._connection().execute(table.RENEW, values)

    def hurried(self) -> list[str]:
        """Give the addresses whose page was compressed while a reader waited."""
        sql = "SELECT address FROM page WHERE build = ? AND quality < ? ORDER BY address"
        return [address for (address,) in self._connection().execute(sql, (self.build, BEST))]

    def compress_again(self, address: str) -> None:
        """Compress a kept page as well as it can be; one that was made anew meanwhile stays."""
        sql, place = "SELECT digest, gzip FROM page", (address, self.build)
        row = self._row(f"{sql} WHERE address = ? AND build = ?", place)
        # Half a row is made again by whoever asks for it.
        with suppress(sqlite3.Error, OSError, EOFError, zlib.error):
            if row and row[1]:
                br, _ = compressed(unpacked(row[1]), BEST)
                self._connection().execute(table.COMPRESSED_AGAIN, (br, BEST, *place, row[0]))

    def routes(self) -> str | None:
        """Give the table of addresses as Django wrote it down for this build, if it did."""
        row = self._row("SELECT written FROM routes WHERE build = ?", (self.build,))
        return str(row[0]) if row else None

    def keep_routes(self, written: str) -> None:
        with suppress(sqlite3.Error, OSError):
            values = (self.build, written)
            self._connection().execute("INSERT OR REPLACE INTO routes VALUES (?, ?)", values)

    def forget_other_builds(self) -> None:
        with suppress(sqlite3.Error, OSError):
            for name in ("page", "routes"):
                sql = f"DELETE FROM {name} WHERE build <> ?"  # noqa: S608 - two names of ours
                self._connection().execute(sql, (self.build,))

    def addresses(self) -> list[str]:
        """Give the addresses that are kept, of whatever edition."""
        rows = self._connection().execute(
            "SELECT address FROM page WHERE build = ? ORDER BY address", (self.build,)
        )
        return [address for (address,) in rows]

    def _count_of_misses(self) -> int:
        asked = "SELECT count(*) FROM page WHERE status IN (301, 404)"
        return int(self._connection().execute(asked).fetchone()[0])

    def _row(self, sql: str, values: Sequence[object]) -> tuple | None:
        try:
            return self._connection().execute(sql, values).fetchone()
        except (sqlite3.DatabaseError, OSError):
            # A broken file, or one that somebody took away, is made anew; then nothing is kept yet.
            self._make_anew()
            return None

    def _connection(self) -> sqlite3.Connection:
        inode = _inode(self.path)
        if getattr(self._own, "inode", None) != inode or inode is None:
            self._own.connection = self._opened()
            self._own.inode = _inode(self.path)
        return self._own.connection

    def _opened(self) -> sqlite3.Connection:
        # Readable by its owner alone, like all that lies in its folder.
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        # Each thread has a connection, and what it read last is in memory already.
        connection.execute(f"PRAGMA cache_size=-{LITTLE}")
        # What is lost with the power is made again.
        connection.execute("PRAGMA synchronous=OFF")
        columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(page)")]
        if columns and "reading" not in columns:  # pages of an older build, which nobody asks for
            connection.execute("DROP TABLE page")
        connection.execute(table.SCHEMA)
        connection.execute(table.SCHEMA_OF_ROUTES)
        return connection

    def _make_anew(self) -> None:
        with self._making, suppress(OSError, sqlite3.Error):
            try:
                sqlite3.connect(self.path).execute("SELECT gzip FROM page LIMIT 1")
            except sqlite3.DatabaseError:
                for ending in ("", "-wal", "-shm"):
                    Path(f"{self.path}{ending}").unlink(missing_ok=True)
        self._own.inode = None


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None


@lru_cache(maxsize=256)
def _headers(text: str) -> Headers:
    return tuple((name, value) for name, value in json.loads(text))


@lru_cache(maxsize=256)
def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())
