"""What is done at once from the command line goes the library's way, and leaves an entry."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from explainer.library import audit
from explainer.library.models import AuditEntry
from tests.accounts.staff_people import is_in, logged_in, person
from tests.library import people
from tests.public import shop

pytestmark = pytest.mark.django_db
PAGE = "articles/t/safety"


@pytest.fixture(autouse=True)
def publisher():
    shop.build()
    return people.staff("pia", "publisher")


def withdraw(subject=PAGE, name="pia", reason="It was wrong.", **more):
    call_command("withdraw", subject, **{"as": name}, name=name, reason=reason, **more)


def test_a_page_is_withdrawn_in_somebodys_name_and_readers_see_why(client):
    withdraw()

    response = client.get("/t/safety/")
    entry = AuditEntry.objects.get(action="withdraw")
    assert response.status_code == 410
    assert b"It was wrong." in response.content
    assert (entry.actor.username, entry.subject, entry.comment) == ("pia", PAGE, "It was wrong.")
    assert list(audit.verify()) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"subject": "articles/t/nothing"}, "There is no 'articles/t/nothing'"),
        ({"subject": "nonsense"}, "There is no 'nonsense'"),
        ({"name": "nobody"}, "There is no account 'nobody'"),
        ({"name": "ann"}, "needs the role 'publisher'"),
        ({"reason": ""}, "reason"),
        ({"reason": "The treatment regrows hair."}, "--meant"),
        ({"subject": "treatments/t"}, "can't be withdrawn"),
    ],
)
def test_what_the_staffs_page_would_refuse_is_refused(client, given, said):
    people.staff("ann", "author")

    with pytest.raises(CommandError, match=said):
        withdraw(**given)
    assert client.get("/t/safety/").status_code == 200


def test_a_reason_that_is_meant_stands(client):
    withdraw(reason="The treatment regrows hair, it said.", meant=True)

    assert client.get("/t/safety/").status_code == 410


def test_somebody_locked_out_is_out_at_once_and_stays_the_author(capsys):
    person("root", "administrator")
    bob = person("bob", "administrator")
    session = logged_in(bob)
    assert is_in(session)

    call_command("lock_out", "bob")

    assert not is_in(session)
    assert not User.objects.get(username="bob").is_active
    assert "Sessions ended: 1" in capsys.readouterr().out
    entry = AuditEntry.objects.get(action="account changed")
    assert (entry.actor_name, entry.before["active"], entry.after["active"]) == (
        "a command", True, False,
    )  # fmt: skip


def test_the_last_administrator_is_not_locked_out():
    person("bob", "administrator")

    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("lock_out", "bob")
    assert User.objects.get(username="bob").is_active


def test_nobody_is_locked_out_by_a_name_that_is_not_there():
    with pytest.raises(CommandError, match="There is no account 'bo'"):
        call_command("lock_out", "bo")
