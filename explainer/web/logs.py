"""How a log line looks: enough to find a fault, nothing to find a reader."""

import logging
import time
import traceback

from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.http import HttpRequest

NO_SUCH_HOST = "asked by a name that DJANGO_ALLOWED_HOSTS does not hold"


class DiscreetFormatter(logging.Formatter):
    """Writes time (UTC), level, logger and message; of a request only method, route and status.

    An exception during a request is written without its message: messages quote what was typed.
    """

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if not isinstance(request, HttpRequest):
            return super().format(record)
        stamp = f"{self.formatTime(record, self.datefmt)}Z {record.levelname} {record.name}"
        return "\n".join([f"{stamp} {_request_words(request, record)}", *_frames(record)])


def _request_words(request: HttpRequest, record: logging.LogRecord) -> str:
    match = request.resolver_match
    route = f"/{match.route}" if match else "(no route)"
    method = request.method if request.method in ("GET", "HEAD", "POST") else "(other method)"
    line = f"{getattr(record, 'status_code', '-')} {method} {route}"
    return f"{line}: {NO_SUCH_HOST}" if isinstance(_error(record), DisallowedHost) else line


def _error(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None


def _frames(record: logging.LogRecord) -> list[str]:
    error = _error(record)
    # What was asked wrongly is no fault of ours, and anybody may ask it a thousand times.
    if error is None or isinstance(error, SuspiciousOperation):
        return []
    kind, frames = type(error), traceback.extract_tb(error.__traceback__)
    lines = (f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    return [f"  {kind.__module__}.{kind.__qualname__}", *lines]
