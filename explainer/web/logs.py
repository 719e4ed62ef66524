"""How a log line looks: enough to find a fault, nothing to find a reader."""

import logging
import time
import traceback

from django.http import HttpRequest


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
    return f"{getattr(record, 'status_code', '-')} {method} {route}"


def _frames(record: logging.LogRecord) -> list[str]:
    if not record.exc_info or record.exc_info[0] is None:
        return []
    kind, _, trace = record.exc_info
    frames = traceback.extract_tb(trace)
    lines = (f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    return [f"  {kind.__module__}.{kind.__qualname__}", *lines]
