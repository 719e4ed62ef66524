"""What a backup says of itself: one JSON file beside the database and the images.

Plain values; reads no database and no archive. Whoever restores compares with it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from explainer.operations.exceptions import BadBackup

FORMAT = 1
NAME = "manifest.json"
IMAGES = "images/"
LEFT_OUT = (
    "The secret (DJANGO_SECRET_KEY, or secret-key in VAR_DIR) is not in here. Keep it somewhere "
    "else, and apart from the backups: second factors are sealed with it.",
    "Sessions and the counters of failed log-ins are not in here. After a restore everybody logs "
    "in again.",
    "Content files and the program are not in here: they are in the repository.",
)
"""What is told to whoever opens a backup (requirement D17)."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the backup, by its name there."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds and shows at one moment.

    `migrations` are applied ones, `app.name`; `tables` has the number of rows of each table,
    0 for those that never travel; `triggers` guard history; `pages` has a digest of the
    words and labels at each public address.
    """

    edition: int
    migrations: tuple[str, ...]
    tables: Mapping[str, int]
    triggers: tuple[str, ...]
    pages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup: its moment (UTC), its database's kind, what it holds and what was true then.

    `tool` wrote the database's copy; `lost` are images whose files were already missing.
    """

    moment: datetime
    vendor: str
    tool: str
    facts: Facts
    members: tuple[Member, ...]
    lost: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """Write it as a file that a person can read."""
        told = {
            "format": FORMAT,
            "moment": self.moment.astimezone(UTC).isoformat(),
            "vendor": self.vendor,
            "tool": self.tool,
            **asdict(self.facts),
            "members": [asdict(member) for member in self.members],
            "lost": self.lost,
            "left_out": LEFT_OUT,
        }
        return json.dumps(told, indent=1, ensure_ascii=False).encode()


def read(data: bytes) -> Manifest:
    """Read a manifest; raises `BadBackup` for anything else and for a later format."""
    try:
        told = json.loads(data)
        number = told["format"]
        if number == FORMAT:
            return _manifest(told)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadBackup(
            f"{NAME} in the backup cannot be read ({type(error).__name__}: {error}). "
            "Use another backup."
        ) from error
    raise BadBackup(
        f"The backup has format {number!r}, this program reads format {FORMAT}. "
        "Use the version of the program that made it."
    )


def facts_of(told: Mapping[str, Any]) -> Facts:
    """Read the facts among the values of a manifest."""
    return Facts(
        edition=int(told["edition"]),
        migrations=tuple(map(str, told["migrations"])),
        tables={str(name): int(rows) for name, rows in told["tables"].items()},
        triggers=tuple(map(str, told["triggers"])),
        pages={str(path): str(digest) for path, digest in told["pages"].items()},
    )


def _manifest(told: Mapping[str, Any]) -> Manifest:
    members = tuple(
        Member(str(one["name"]), int(one["size"]), str(one["sha256"])) for one in told["members"]
    )
    return Manifest(
        moment=datetime.fromisoformat(told["moment"]),
        vendor=str(told["vendor"]),
        tool=str(told["tool"]),
        facts=facts_of(told),
        members=members,
        lost=tuple(map(str, told["lost"])),
    )
