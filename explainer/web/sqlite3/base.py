"""SQLite as Django has it, but true to its file.

SQLite goes on writing into a file that was removed or replaced: every save succeeds, and none of
them is ever seen again. And it makes an empty file where there is none.
"""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

GONE = "The database file {name} is not the one that was opened: nothing was saved."
MISSING = "The database file {name} is not there, and a server makes none."


class DatabaseWrapper(base.DatabaseWrapper):
    """Checks before each commit and each new connection that the file is where it was.

    `MUST_EXIST` among a database's settings forbids to make a file; `wsgi` sets it.
    """

    _inode: int | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if self.settings_dict.get("MUST_EXIST") and self._found() is None:
            raise OperationalError(MISSING.format(name=self.settings_dict["NAME"]))
        connection = super().get_new_connection(conn_params)
        self._inode = self._found()
        return connection

    def is_usable(self) -> bool:
        return self._is_the_same() and super().is_usable()

    def _commit(self) -> None:  # of Django's own base class
        if not self._is_the_same():
            raise OperationalError(GONE.format(name=self.settings_dict["NAME"]))
        super()._commit()  # type: ignore[misc]

    def _is_the_same(self) -> bool:
        return self._found() == self._inode

    def _found(self) -> int | None:
        if self.is_in_memory_db():
            return 0
        try:
            return Path(self.settings_dict["NAME"]).stat().st_ino
        except OSError:
            return None
