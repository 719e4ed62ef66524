"""What all processes count and remember together: tries of passwords, paces, results."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router


def _no_future(value: Any) -> Any:
    """Leave out of a list of moments those that a clock which was ahead wrote.

    allauth counts tries by such lists, and would hold one against somebody until its time comes.
    """
    now = time.time() + 1
    is_moments = isinstance(value, list) and all(isinstance(one, float) for one in value)
    return [one for one in value if one <= now] if is_moments else value


class TableCache(DatabaseCache):
    """Django's cache in a table; it forgets what was written while the clock was ahead."""

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        found: dict[str, Any] = super().get_many(keys, version)
        return {key: _no_future(value) for key, value in found.items()}

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Add what is not there; what could not have been written by now's clock is not there."""
        if super().add(key, value, timeout, version):
            return True
        ends = self.get_backend_timeout(timeout)
        if ends is None or not self._forget_later(key, version, datetime.fromtimestamp(ends, UTC)):
            return False
        return bool(super().add(key, value, timeout, version))

    def _forget_later(self, key: str, version: int | None, latest: datetime) -> bool:
        connection = connections[router.db_for_write(self.cache_model_class)]
        name = connection.ops.quote_name(self._table)  # type: ignore[attr-defined]
        moment = connection.ops.adapt_datetimefield_value(latest + timedelta(seconds=1))
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {name} WHERE cache_key = %s AND expires > %s",  # noqa: S608 - our own
                [self.make_and_validate_key(key, version=version), moment],
            )
            return bool(cursor.rowcount)
