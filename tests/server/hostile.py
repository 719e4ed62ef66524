"""A client that sends what no browser sends, byte by byte as it likes, and reads what comes back.

It speaks for the proxy in front of a public site, as far as that says which name and scheme were
asked for. MARK stands in whatever it sends, so that an answer which repeats any of it is seen.
"""

import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.parser import BytesParser

HOST = "hair.example"
MARK = "zirkonium"
ASKED = f"Host: {HOST}\r\nX-Forwarded-Proto: https\r\n"
LAST = "Connection: close\r\n\r\n"
PATIENCE = 15
"""Seconds. Longer than the server waits for the rest of a header."""


@dataclass(frozen=True)
class Answer:
    """What came back: `more` is what followed on the same connection, another answer above all."""

    status: int
    headers: Mapping[str, str]
    names: tuple[str, ...]
    body: bytes
    more: bytes
    is_closed: bool

    @property
    def is_the_servers_own(self) -> bool:
        """True for a refusal that reached no code of ours: a status, and not one word."""
        return self.status in (400, 408, 414, 431) and not self.body and self.is_closed


class Client:
    """Sends bytes to a port of this machine."""

    def __init__(self, port: int) -> None:
        self.port = port

    def connection(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def send(self, *parts: bytes, wait: float = PATIENCE) -> Answer | None:
        """Send on one connection, and read until it is closed or silent for `wait` seconds.

        None if it was closed without a word.
        """
        with self.connection() as connection:
            try:
                for part in parts:
                    connection.sendall(part)
            except ConnectionError:
                pass  # It closed before it had read all; what it said can be read still.
            connection.settimeout(wait)
            return _answer(*_received(connection))

    def ask(
        self, path: str, *, method: str = "GET", more: str = "", body: bytes = b""
    ) -> Answer | None:
        """Ask as the proxy does, with more lines in the header; the connection ends with it."""
        head = f"{method} {path} HTTP/1.1\r\n{ASKED}{more}{LAST}"
        return self.send(head.encode("latin-1"), body)


def _received(connection: socket.socket) -> tuple[bytes, bool]:
    data = b""
    try:
        while part := connection.recv(65_536):
            data += part
    except TimeoutError:
        return data, False
    except ConnectionError:
        pass
    return data, True


def _answer(data: bytes, is_closed: bool) -> Answer | None:
    if not data:
        return None
    head, _, rest = data.partition(b"\r\n\r\n")
    line, _, fields = head.partition(b"\r\n")
    message = BytesParser().parsebytes(fields + b"\r\n\r\n")
    headers = {name.lower(): value for name, value in message.items()}
    length = int(headers.get("content-length", len(rest)))
    names = tuple(name.lower() for name in message)
    return Answer(int(line.split()[1]), headers, names, rest[:length], rest[length:], is_closed)


def header(lines: Iterable[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)


_HIDDEN = f"GET /admin/{MARK}/ HTTP/1.1\r\n{ASKED}\r\n"
_CHUNKED = f"0\r\n\r\n{_HIDDEN}"

SMUGGLING = {
    "a length and chunks": (
        f"Content-Length: {len(_CHUNKED)}\r\nTransfer-Encoding: chunked\r\n\r\n{_CHUNKED}"
    ),
    "a short length and chunks": (
        f"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n{_CHUNKED}"
    ),
    "two lengths": f"Content-Length: 0\r\nContent-Length: 4\r\n\r\nabcd{_HIDDEN}",
    "two lengths in one": f"Content-Length: 0, 4\r\n\r\nabcd{_HIDDEN}",
    "a negative length": f"Content-Length: -1\r\n\r\n{_HIDDEN}",
    "a length with a sign": f"Content-Length: +0\r\n\r\n{_HIDDEN}",
    "a length in hexadecimal": f"Content-Length: 0x0\r\n\r\n{_HIDDEN}",
    "an endless length": f"Content-Length: {'9' * 40}\r\n\r\n{_HIDDEN}",
    "another coding": f"Transfer-Encoding: x{MARK}\r\n\r\n{_CHUNKED}",
    "a space before the colon": f"Transfer-Encoding : chunked\r\n\r\n{_CHUNKED}",
    "two codings": f"Transfer-Encoding: chunked\r\nTransfer-Encoding: {MARK}\r\n\r\n{_CHUNKED}",
    "a folded line": f"X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n{_CHUNKED}",
    "a line without a colon": f"{MARK}\r\n\r\n{_HIDDEN}",
    "a NUL in a line": f"X-A: {MARK}\0\r\n\r\n{_HIDDEN}",
    "a bare CR in a line": f"X-A: {MARK}\rX-B: c\r\n\r\n{_HIDDEN}",
    "a chunk of no size": f"Transfer-Encoding: chunked\r\n\r\n{MARK}\r\n\r\n{_HIDDEN}",
}  # fmt: skip

HOSTS = (
    "Host: {mark}.example", "Host: 127.0.0.1.{mark}.example", "Host: hair.example.{mark}.example",
    "Host: hair.example@{mark}.example", "Host: hair.example:80@{mark}", "Host: ", "Host: {mark}",
    "Host: hair.example\r\nHost: {mark}.example", "Host: hair.example/{mark}",
    'Host: "><script>{mark}', "Host: [::{mark}]", "Host: hair.example:{mark}",
    "Host: hair.example#{mark}", "Host: \xff{mark}",
)  # fmt: skip

PATHS = (
    f"//{MARK}.example/", f"//{MARK}.example", f"///{MARK}", f"/\\{MARK}.example",
    f"/t/../../{MARK}", f"/%2e%2e/{MARK}", f"/static/%2e%2e/%2e%2e/{MARK}", f"/t/%00{MARK}/",
    f"/t/..%2f{MARK}/", f"/t%2fsafety%2f{MARK}", f"/%c0%ae%c0%ae/{MARK}", f"/%ff{MARK}/",
    f"/t/%5c..%5c{MARK}", f"/%0d%0aSet-Cookie:%20a={MARK}", f"/;{MARK}/", f"/t/;a={MARK}",
    f"/{MARK}.php", f"/.git/{MARK}", f"/.env.{MARK}", f"/{MARK}/a/b/c/d/e/", f"/%u0061{MARK}",
    f"/static/css/{MARK}.css", f"/images/{MARK}.png", f"/images/..%2f{MARK}.png",
    f"/cards/{MARK}.png", f"/<script>{MARK}", f"/{MARK}%", f"/{'a' * 3000}{MARK}/",
    f"/t/safety/%20{MARK}", f"/T/Safety/{MARK}/x", f"/t/safety//{MARK}", f"/admin/../{MARK}",
    f"/admin/%2e%2e/{MARK}", f"http://{MARK}.example/{MARK}/", f"*{MARK}", f"/past/{MARK}/t/",
    f"/past/2026-01-01/%00{MARK}", f"/{MARK}.md", f"/claims/{MARK}.json", f"/{MARK}\xe9\xff/",
)  # fmt: skip

POISON = (
    f"X-Forwarded-Host: {MARK}.example", f"X-Host: {MARK}.example", f"X-Original-URL: /{MARK}/",
    f"X-Rewrite-URL: /admin/{MARK}/", f"Forwarded: for=1.2.3.4;host={MARK}.example;proto=http",
    f"X-Forwarded-Server: {MARK}", f"X-Forwarded-Port: 81{MARK}", f"X-Forwarded-Prefix: /{MARK}",
    f"X-Forwarded-Scheme: {MARK}", f"X-HTTP-Method-Override: DELETE{MARK}",
    f"Accept-Language: {MARK}", f"Accept-Encoding: {MARK}, gzip;q={MARK}, identity",
    f"Origin: https://{MARK}.example", f"Referer: https://{MARK}.example/", f"Accept: {MARK}/*",
    f"User-Agent: <script>{MARK}", f"X-Forwarded-For: {MARK}, 1.2.3.4", f"X-Background: {MARK}",
    f"If-None-Match: {MARK}", f"If-Modified-Since: {MARK}", f"Cookie: session={MARK}; form={MARK}",
    f"Cookie: {'; '.join(f'{MARK}{number}=a' for number in range(80))}", f"Upgrade: {MARK}",
    f"Authorization: Basic {MARK}", f"Script-Name: /{MARK}", f"X-Script-Name: /{MARK}",
    f"Content-Type: {MARK}", f"Proxy: http://{MARK}.example", f"Expect: {MARK}",
)  # fmt: skip

QUERIES = (
    f"?{MARK}", f"?utm_source={MARK}", f"??{MARK}", f"?a[]={MARK}", f"?;page={MARK}", f"?={MARK}",
    f"?a=%00{MARK}", f"?a=%ff{MARK}", f"?a=%{MARK}", f"?a={MARK}&a={MARK}",
    f"?a={'b' * 9000}{MARK}", "?" + "&".join(f"{MARK}{n}=" for n in range(1200)),
    f"?__proto__={MARK}", f"?a=%3Cscript%3E{MARK}",
    f"?callback={MARK}", f"?format={MARK}", f"?_method=DELETE&x={MARK}",
)  # fmt: skip

SEARCHES = (
    "%00", "%ff%fe", "%ed%a0%80", "%25", "_", "%22", "*", "a*", "a%20AND", "NEAR(", "(((((((((",
    "%22%20OR%201=1--", "%E2%80%AE", "'%3B%20DROP%20TABLE", "%3Cscript%3Ezirkonium", "field:a",
    "%5B" * 500, "a" * 9000, "%CC%81" * 300, "-a", "+a", "a~9", "a%5E9", "/.*/", "{1,9}",
)  # fmt: skip

METHODS = (
    "TRACE", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "PROPFIND", "BREW", "G" * 4000,
    f"X-{MARK.upper()}", "PRI", "GET\t", "\x00GET",
)  # fmt: skip

RANGES = (
    "bytes=0-", "bytes=5-2", "bytes=-0", "bytes=-99999999999999", "bytes=0-0,-1", "bytes=a-b",
    f"bytes={MARK}", "bytes=" + ",".join(["0-"] * 400), "bytes=99999999-", "lines=1-2", "bytes=--1",
)  # fmt: skip
