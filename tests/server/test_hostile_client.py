"""A hostile client against the production server: no fault, no echo, no gap in the headers.

Each attack goes to an answer that is kept, and to one that is made each time.
"""

import os
import re
import subprocess
import sys
import time
from contextlib import suppress
from threading import Event, Thread

import pytest

from tests.server import hostile
from tests.server.hostile import ASKED, HOST, LAST, MARK, Answer, Client, header
from tests.server.serving import ROOT, Server

KEPT, MADE, LOGIN = "/t/safety/", "/search/?q=hair", "/admin/account/login/"
BOTH = (KEPT, MADE)
FRESH = (
    "/claims/", "/claims/map/", "/claims/t/hope/", "/sources/", "/glossary/", "/changes/",
    "/sitemap.xml", "/changes.atom", "/llms.txt", "/robots.txt", "/claims.json", "/t/", "/t",
)  # fmt: skip
ASKING = (
    "/search/?q=", "/claims/?level=", "/search/names.json?q=", "/changes/?page=",
    "/claims/?treatment=", "/bag/?c=",
)  # fmt: skip
PUBLIC = {
    "DATABASE_URL": "", "SITE_URL": f"https://{HOST}", "DJANGO_ALLOWED_HOSTS": HOST,
    "DJANGO_SECRET_KEY": "a9Z" * 30,
}  # fmt: skip
SAME = (
    "content-security-policy", "cross-origin-opener-policy", "cross-origin-resource-policy",
    "permissions-policy", "referrer-policy", "x-content-type-options", "x-frame-options",
)  # fmt: skip
FAULTS = (b"Traceback", b"django", b"Exception", b"sqlite", b"/site-packages/")
SLOW, MORE_THAN_THREADS = 40, 100


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    environment = {**PUBLIC, "VAR_DIR": str(tmp_path_factory.mktemp("hostile"))}
    line = [sys.executable, "-m", "tests.server.changing", "prepare"]
    subprocess.run(line, cwd=ROOT, env={**os.environ, **environment}, check=True)
    with Server(environment) as running:
        yield running


@pytest.fixture(scope="module")
def client(server) -> Client:
    return Client(server.port)


@pytest.fixture(scope="module")
def plain(client) -> dict[str, Answer]:
    """What a reader who does nothing odd is answered, asked twice so that it is kept."""
    found = {path: [client.ask(path) for _ in range(2)][1] for path in (*BOTH, "/nothing/")}
    assert [answer.status for answer in found.values()] == [200, 200, 404]
    assert ["etag" in answer.headers for answer in found.values()] == [True, False, True]
    return found


@pytest.fixture(autouse=True)
def reader(client, plain):
    """Somebody who reads all the while, and has the same page each time."""
    over, seen = Event(), []

    def read() -> None:
        while not over.is_set():
            seen.append(client.ask(KEPT))
            time.sleep(0.02)

    thread = Thread(target=read)
    thread.start()
    yield
    over.set()
    thread.join()
    assert {answer and answer.body for answer in seen} == {plain[KEPT].body}


def harmless(answer: Answer | None, plain: dict[str, Answer], *, cookies: bool = False) -> bool:
    """Hold an answer against what no answer may be; true if it came from us."""
    if answer is None or answer.is_the_servers_own:
        return False
    assert answer.status < 500, (answer.status, answer.body[:300])
    # What is meant for other sites' programs says that they may have it, and nothing else.
    for_programs = {"cross-origin-resource-policy": "cross-origin"} if _is_json(answer) else {}
    for name, value in {**_same(plain[KEPT]), **for_programs}.items():
        assert answer.headers.get(name) == value, (answer.status, name)
        assert answer.names.count(name) == 1
    assert cookies or "set-cookie" not in answer.headers
    assert MARK.encode() not in answer.body.lower()
    assert not [word for word in FAULTS if word in answer.body]
    there = answer.headers.get("location", "/")
    assert there.startswith(("/", f"https://{HOST}/")), there
    assert not there.startswith(("//", "/\\")), there
    said = [value for name, value in answer.headers.items() if name != "location"]
    assert MARK not in " ".join(said).lower()
    return True


def _same(answer: Answer) -> dict[str, str]:
    return {name: answer.headers[name] for name in SAME}


def _is_json(answer: Answer) -> bool:
    return answer.headers.get("content-type", "").startswith("application/json")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", [*BOTH, LOGIN])
@pytest.mark.parametrize("shape", hostile.SMUGGLING)
def test_no_request_hides_in_another(client, plain, shape, path, method):
    lines = hostile.SMUGGLING[shape]
    answer = client.send(f"{method} {path} HTTP/1.1\r\n{ASKED}{lines}".encode(), wait=1)

    harmless(answer, plain, cookies=path == LOGIN)
    assert answer is None or b"HTTP/1." not in answer.more, answer.more
    assert answer is None or answer.is_closed


@pytest.mark.parametrize("path", BOTH)
@pytest.mark.parametrize("host", hostile.HOSTS)
def test_a_name_that_is_not_ours_is_refused_without_a_word_of_it(client, plain, host, path):
    lines = f"{host.format(mark=MARK)}\r\nX-Forwarded-Proto: https\r\n"
    answer = client.send(f"GET {path} HTTP/1.1\r\n{lines}{LAST}".encode("latin-1"))

    harmless(answer, plain)
    assert answer.status == 400


@pytest.mark.parametrize("path", hostile.PATHS)
def test_no_shape_of_an_address_leads_anywhere(client, plain, path):
    answer = client.ask(path)

    if harmless(answer, plain):
        assert answer.status in (301, 302, 400, 404)


@pytest.mark.parametrize("path", BOTH)
@pytest.mark.parametrize("method", hostile.METHODS)
def test_readers_pages_are_only_read(client, plain, method, path):
    if harmless(client.ask(path, method=method), plain):
        assert client.ask(path, method=method).status == 405


@pytest.mark.parametrize("line", hostile.POISON)
def test_no_line_of_a_header_changes_a_page(client, plain, line):
    for path in BOTH:
        answer = client.ask(path, more=f"{line}\r\n")

        if harmless(answer, plain) and answer.status == 200:
            assert answer.body == plain[path].body
        assert client.ask(path).body == plain[path].body


@pytest.mark.parametrize("path", FRESH)
def test_whoever_asks_first_leaves_nothing_of_theirs_in_what_is_kept(client, plain, path):
    lines = [line for line in hostile.POISON if not line.startswith(("Expect", "Upgrade"))]
    first = client.ask(f"{path}?utm={MARK}", more=header(lines))
    kept = client.ask(path)

    assert first.status in (200, 301)
    assert harmless(kept, plain)
    assert first.status == 301 or first.body == kept.body


@pytest.mark.parametrize("query", hostile.QUERIES)
def test_no_parameter_that_nobody_reads_changes_a_kept_page(client, plain, query):
    answer = client.ask(f"{KEPT}{query}")

    assert harmless(answer, plain)
    assert answer.body == plain[KEPT].body
    assert client.ask(KEPT).body == plain[KEPT].body


@pytest.mark.parametrize("words", hostile.SEARCHES)
@pytest.mark.parametrize("address", ASKING)
def test_whatever_is_looked_for_is_words(client, plain, address, words):
    answer = client.ask(f"{address}{words}")

    if answer.is_the_servers_own:
        return
    assert answer.status in (200, 400, 404, 414)
    assert "<script>zirk" not in answer.body.decode().lower()
    assert not [word for word in FAULTS if word in answer.body]


@pytest.mark.parametrize("asked", hostile.RANGES)
def test_a_range_never_gives_more_than_the_whole(client, plain, asked):
    sheet = re.search(rb"/static/css/site[.a-z0-9]*\.css", plain[KEPT].body)[0].decode()
    whole = len(client.ask(sheet).body)
    for path, size in ((sheet, whole), *((path, len(plain[path].body)) for path in BOTH)):
        answer = client.ask(path, more=f"Range: {asked}\r\n")

        assert harmless(answer, plain)
        assert answer.status in (200, 206, 416)
        assert len(answer.body) <= size


@pytest.mark.parametrize("path", [*BOTH, "/nothing/", "/nothing", "/x.php", "/robots.txt", "/t"])
def test_head_says_what_get_says(client, path):
    client.ask(path)
    get, head = client.ask(path), client.ask(path, method="HEAD")
    untimely = {"date"}

    assert (head.status, head.body, head.more) == (get.status, b"", b"")
    assert {**head.headers, **dict.fromkeys(untimely)} == {**get.headers, **dict.fromkeys(untimely)}


@pytest.mark.parametrize("path", [*BOTH, LOGIN, "/nothing/", "/x.php", "/healthz"])
def test_no_answer_tells_a_version(client, path):
    answer = client.ask(path)

    assert not re.search(r"\d", answer.headers.get("server", ""))
    assert not {"x-powered-by", "via", "x-generator"} & {*answer.names}


LONG = {
    "an address": (f"/{'a' * 100_000}", "", b""),
    "a query": (f"{KEPT}?{'a' * 100_000}", "", b""),
    "a line": (KEPT, f"X-A: {'a' * 600_000}\r\n", b""),
    "a name of a line": (KEPT, f"{'X' * 100_000}: a\r\n", b""),
    "many lines": (KEPT, header(f"X-{number}: a" for number in range(2_000)), b""),
    "a cookie": (KEPT, f"Cookie: a={'a' * 60_000}\r\n", b""),
    "a body": (KEPT, "Content-Length: 3000000\r\n", b"a" * 3_000_000),
}


@pytest.mark.parametrize("what", LONG)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_too_long_is_refused_or_left_alone(client, plain, what, method):
    path, more, body = LONG[what]

    answer = client.ask(path, method=method, more=more, body=body)

    if harmless(answer, plain):
        assert answer.status in (200, 400, 404, 405, 413)


@pytest.mark.parametrize("address", ["/check/", "/where-do-i-stand/", LOGIN])
def test_a_form_that_is_too_long_or_is_none_is_refused(client, plain, address):
    form = "Content-Type: application/x-www-form-urlencoded\r\n"
    for more, body in ((form, b"text=" + b"a" * 3_000_000), (form, b"&".join([b"a=b"] * 2_000)),
                       ("Content-Type: multipart/form-data; boundary=x\r\n", b"--x\r\nno"),
                       (form.replace("urlencoded", "urlencoded; charset=zirkonium"), b"text=%ff"),
                       ("", b"\x00" * 1_000)):  # fmt: skip
        lines = f"{more}Content-Length: {len(body)}\r\n"
        answer = client.ask(address, method="POST", more=lines, body=body)

        harmless(answer, plain, cookies=address == LOGIN)


HEADER = f"GET {KEPT} HTTP/1.1\r\nHost: {HOST[:5]}"
FORM = (
    f"POST /check/ HTTP/1.1\r\n{ASKED}Content-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 1000\r\n\r\ntext="
)


@pytest.mark.parametrize("begun", [HEADER, FORM], ids=["header", "form"])
@pytest.mark.parametrize("count", [SLOW, MORE_THAN_THREADS])
def test_whoever_trickles_a_request_keeps_no_reader_waiting(client, plain, begun, count):
    slow = [client.connection() for _ in range(count)]
    try:
        for part in (begun, "a", "a"):
            for connection in slow:
                # What was put off is closed already.
                with suppress(ConnectionError):
                    connection.sendall(part.encode())
            for path in BOTH:
                assert client.ask(path).body == plain[path].body
    finally:
        for connection in slow:
            connection.close()
