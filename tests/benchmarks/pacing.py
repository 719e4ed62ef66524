"""Requests at a pace, each due at its moment: one that waits for a slow answer counts its wait.

So a server that stops for a second is seen by all who would have come in that second, which a load
that asks only after an answer hides.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlsplit

Request = tuple[str, Mapping[str, str], int]
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
LATE = 2.0
"""Seconds after which an answer counts as none."""


@dataclass
class Paced:
    """Requests in turn (path, headers, right status), so many a second, and what came of them."""

    requests: Sequence[Request]
    rate: float
    taken: list[float] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0

    @property
    def p99(self) -> float:
        """Give the 99th percentile in milliseconds."""
        return sorted(self.taken)[int(len(self.taken) * 0.99)] * 1000

    @property
    def per_second(self) -> float:
        return (len(self.taken) - self.errors) / self.seconds


def paced(address: str, loads: Sequence[Paced], seconds: float, connections: int) -> list[Paced]:
    """Let loads run beside each other, each with so many connections."""

    async def all_of_them() -> None:
        await asyncio.gather(*(_run(address, one, seconds, connections) for one in loads))

    asyncio.run(all_of_them())
    return [*loads]


async def _run(address: str, load: Paced, seconds: float, connections: int) -> None:
    place = urlsplit(address)
    free: asyncio.LifoQueue[Connection | None] = asyncio.LifoQueue()
    for _ in range(connections):
        free.put_nowait(None)

    async def ask(request: Request, due: float) -> None:
        connection = await free.get()
        try:
            connection = connection or await asyncio.open_connection(place.hostname, place.port)
            status = await asyncio.wait_for(_status(connection, place.netloc, request), LATE)
        except (OSError, TimeoutError, EOFError):
            status, connection = 0, None
        free.put_nowait(connection)
        load.taken.append(time.perf_counter() - due)
        load.errors += status != request[2] or load.taken[-1] > LATE

    began, asking = time.perf_counter(), list[asyncio.Task[None]]()
    for number, request in enumerate(cycle(load.requests)):
        due = began + number / load.rate
        if due > began + seconds:
            break
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        asking.append(asyncio.create_task(ask(request, due)))
    await asyncio.gather(*asking)
    load.seconds = time.perf_counter() - began


async def _status(connection: Connection, host: str, request: Request) -> int:
    reader, writer = connection
    path, headers, _ = request
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *(f"{n}: {v}" for n, v in headers.items())]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split()[1])
    length = head.partition("content-length: ")[2].split("\r\n")[0]
    await reader.readexactly(int(length) if length and status != 304 else 0)
    return status
