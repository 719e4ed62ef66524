"""Files of the site that were made before it made them for its own user alone.

`settings` sees to new ones (its umask). What an earlier version or a copy left readable is closed
when the site is served: whoever reads the database has the key of every open session.
"""

import stat
from collections.abc import Iterator
from pathlib import Path

GROUP_AND_OTHERS = stat.S_IRWXG | stat.S_IRWXO
OF_SQLITE = ("", "-wal", "-shm", "-journal")
"""What the name of a database's file ends in, and of those beside it."""


def close(folder: Path, database: Path | None = None) -> list[str]:
    """Take everybody but the owner's rights from a folder, what lies in it, and a database.

    Gives a line for each that this user may not close. Goes one level deep: nobody gets past a
    closed folder. A folder that all users share (its sticky bit is set) stays as it is.
    """
    refused = []
    for path in _ours(folder, database):
        try:
            mode = path.lstat().st_mode
            if mode & GROUP_AND_OTHERS and not stat.S_ISLNK(mode):
                path.chmod(stat.S_IMODE(mode) & ~GROUP_AND_OTHERS)
        except FileNotFoundError:
            continue
        except OSError as error:
            refused.append(
                f"{path} can be read by other users, and this one may not change that "
                f"({error.strerror}). As its owner or root: chmod go= {path}"
            )
    return refused


def _ours(folder: Path, database: Path | None) -> Iterator[Path]:
    if not folder.stat().st_mode & stat.S_ISVTX:
        yield folder
        yield from sorted(folder.iterdir())
    if database is not None and database.parent != folder:
        yield from (Path(f"{database}{ending}") for ending in OF_SQLITE)
