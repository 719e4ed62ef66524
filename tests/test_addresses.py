"""Every address of the project, with who may open it and who may post to it.

An address without a row fails, and so does a row without an address.
"""

import re
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from explainer.kinds import CLAIM
from explainer.library import drafts
from tests.addresses import ADDRESSES, ALL, MARKER, STAFF, Row
from tests.library import people, shelf

pytestmark = pytest.mark.django_db

OTHER_METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "OPTIONS")
ROLES = ("author", "reviewer", "publisher", "administrator")
FORMER = ("outsider", "disabled")
"""An account that is not of the staff, and a disabled one that is."""

INSIDE = ("/admin/", "/static/")
REFUSED = (400, 401, 403, 404, 405)
WRITES = re.compile(
    r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(?:library_(?!audit)|auth_|mfa_|account_)'
)


def _walk(patterns: list, before: str = ""):
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here)
        else:
            assert isinstance(pattern, URLPattern)
            yield here


@pytest.fixture(scope="module")
def rows(kept):
    """A public document of four kinds, each with a draft that strangers must never see."""
    shelf.treatment()
    writer = people.staff("writer", "author")
    shelf.publish(shelf.claim_draft(), shelf.article_draft())
    page = {"summary": MARKER, "body": MARKER, "note": MARKER}
    words = {
        "claims/t/hope": {"statement": MARKER, "why": MARKER, "note": MARKER},
        "treatments/t": {**page, "name": MARKER},
        "articles/t/safety": {**page, "title": MARKER},
        "sources/clinic-a": {"title": MARKER, "appraisal": MARKER},
    }
    for subject, fields in words.items():
        people.drafted(shelf.document(subject), writer, **fields)
    hidden = {"statement": MARKER, "note": MARKER}
    drafts.create(kind=CLAIM, key="t/hidden", fields=hidden, actor=writer, now=people.AT)
    assert shelf.document("sources/clinic-a").live.title == "A clinic"


@pytest.fixture(scope="module")
def clients(rows) -> dict[str, Client]:
    """Somebody of each role, staff without a role, and those who have no business there."""
    found = {"stranger": Client()}
    for name in ("staff", *ROLES, *FORMER):
        user = User.objects.create_user(name, is_staff=True, password="a long enough phrase")
        user.groups.set(Group.objects.filter(name__in=ROLES if name in FORMER else [name]))
        found[name] = Client()
        found[name].force_login(user)
    # They keep all roles and an open session; only that they are staff is over.
    User.objects.filter(username="outsider").update(is_staff=False)
    User.objects.filter(username="disabled").update(is_active=False)
    return found


def test_every_address_has_a_row_and_every_row_an_address():
    there = set(_walk(get_resolver().url_patterns))

    assert there - set(ADDRESSES) == set(), "Say who may open these, in tests/addresses.py"
    assert set(ADDRESSES) - there == set(), "These are gone"


@pytest.mark.parametrize("pattern", sorted(ADDRESSES))
def test_each_role_gets_in_where_it_may_and_nowhere_else(clients, pattern):
    row = ADDRESSES[pattern]

    for name, client in clients.items():
        for method, allowed in (("get", row.get), ("post", row.post)):
            asked = _ask(client, method, row)
            place = f"{method} {row.at} as {name}: {asked.status} {asked.location}"
            assert asked.status < 500, place
            if name in allowed or ALL in allowed:
                assert asked.status not in (401, 403, 405), place
                out = row.leads_out or name not in STAFF
                assert out or "/login/" not in asked.location, place
            elif asked.status not in REFUSED:
                assert asked.status in (301, 302), place
                assert asked.wrote == [], place
            if name not in STAFF:
                assert MARKER not in asked.text, place
                assert asked.status != 302 or asked.location.startswith(("/admin/", "/static/")), (
                    place
                )


# The way in answers everybody, and holds no words.
CLOSED = [at for at, row in ADDRESSES.items() if ALL not in row.get or not at.startswith("admin/")]


@pytest.mark.parametrize("pattern", sorted(CLOSED))
def test_strangers_get_nothing_by_other_methods(rows, pattern):
    row, stranger = ADDRESSES[pattern], Client()

    for method in OTHER_METHODS:
        answer = stranger.generic(method, row.at)
        assert answer.status_code in (*REFUSED, 302), f"{method} {row.at}: {answer.status_code}"
        assert MARKER not in answer.content.decode()


def test_no_page_of_the_desk_counts_on_what_stands_before_it(rf, clients):
    """Each refuses whoever is not active staff, though the middleware would not let them come."""
    asked = []

    for pattern, row in ADDRESSES.items():
        match = resolve(row.at.partition("?")[0]) if pattern.startswith("admin/desk/") else None
        for name in FORMER if match else ():
            for request in (rf.get(row.at), rf.post(row.at)):
                request.user = User.objects.get(username=name)
                answer = match.func(request, *match.args, **match.kwargs)
                asked.append((row.at, answer.status_code, answer.get("Location", "/login/")))

    assert len(asked) > 80
    assert [one for one in asked if one[1] not in (302, 403) or "/login/" not in one[2]] == []


@dataclass(frozen=True)
class Asked:
    """What came of a request; `wrote` are the rows it changed but for sessions and the log."""

    status: int
    location: str
    text: str
    wrote: list[str]


def _ask(client: Client, method: str, row: Row) -> Asked:
    # What a post changes is taken back, so that each asks the same site; a log-out, too.
    cookies = client.cookies.output(header="")
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            answer = getattr(client, method)(row.at)
            content = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    wrote = [query["sql"] for query in queries if WRITES.search(query["sql"])]
    return Asked(
        answer.status_code, answer.get("Location", ""), content.decode(errors="replace"), wrote
    )
