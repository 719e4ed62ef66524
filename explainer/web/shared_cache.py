"""What all processes count and remember together: tries of passwords, paces, results for a while.

It lies in a table of the database, or in Redis if CACHE_URL names one. Redis may be away, slow or
full of rubbish: then the table goes on at once, so that no limit opens and nobody waits for long.
"""

import hmac
import logging
import pickle
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from django.core.signals import request_started
from django.db import connections, router
from django.dispatch import receiver
from django.utils.crypto import salted_hmac

log = logging.getLogger(__name__)


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


WAIT = 0.012
"""Seconds that connecting, logging in, choosing and answering may each take, 48 ms in all."""
MOST = 0.05
"""Seconds that a request may wait for Redis before all do without it: 98 ms with the last wait."""
AWAY = 5.0
"""Seconds for which a Redis that failed is not asked."""


class Signed:
    """Values as Redis holds them: signed, as reading what somebody else wrote would run it."""

    def dumps(self, value: Any) -> bytes:
        data = pickle.dumps(value)
        return _signature(data) + data

    def loads(self, stored: bytes) -> Any:
        """Give the value; raises ValueError if it is not ours."""
        signature, data = stored[:32], stored[32:]
        if not hmac.compare_digest(signature, _signature(data)):
            raise ValueError("not written by this site")
        return pickle.loads(data)  # noqa: S301 - signed


def _signature(data: bytes) -> bytes:
    key = salted_hmac("explainer shared cache", "", algorithm="sha256").digest()
    return hmac.digest(key, data, "sha256")


_away_until = [0.0]
_request = threading.local()


@receiver(request_started)
def _begin(**_: Any) -> None:
    _request.waited = 0.0


def _asking_redis(name: str) -> Callable[..., Any]:
    """Make a method of the cache that asks Redis and, where that fails, the table."""

    def method(self: Any, *args: Any, **more: Any) -> Any:
        if time.monotonic() >= _away_until[0]:
            try:
                return self.timed(getattr(RedisCache, name), *args, **more)
            except self.failures as error:
                _away_until[0] = time.monotonic() + AWAY
                log.warning("Redis is not used for %d s (%s)", AWAY, type(error).__name__)
        return getattr(caches["table"], name)(*args, **more)

    return method


class RedisOrTable(RedisCache):
    """Django's cache in Redis, and `TableCache` (the cache "table") while that does not answer."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        # Imported here: a site without CACHE_URL does without.
        import redis  # noqa: PLC0415
        from redis.backoff import NoBackoff  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415

        waits = {"socket_connect_timeout": WAIT, "socket_timeout": WAIT}
        # Each of these would be one more answer to wait for.
        quiet = {"retry": Retry(NoBackoff(), 0), "protocol": 2, "driver_info": None}
        options = {**waits, **quiet, "serializer": Signed}
        super().__init__(server, {**params, "OPTIONS": options})
        self.failures = (redis.RedisError, OSError, ValueError)

    def timed(self, ask: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Ask; when a request has waited too long, leave Redis alone for a while."""
        began = time.monotonic()
        found = ask(self, *args, **more)
        _request.waited = getattr(_request, "waited", 0.0) + time.monotonic() - began
        if _request.waited > MOST:
            _away_until[0] = time.monotonic() + AWAY
            log.warning("Redis is not used for %d s (slow)", AWAY)
        return _no_future(found)

    add, get, set, touch, delete, get_many, has_key, set_many, delete_many = map(
        _asking_redis,
        ("add", "get", "set", "touch", "delete", "get_many", "has_key", "set_many", "delete_many"),
    )
