"""Inviting a colleague: by a link that works once, for a while, with the roles of who invites."""

import re
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from explainer.accounts import invitations
from explainer.accounts.models import Invitation
from explainer.library import audit
from explainer.library.models import AuditEntry
from tests.accounts.staff_people import PASSWORD, fresh, log_in, person

pytestmark = pytest.mark.django_db
INVITE = "/admin/invite/"
TYPED = {
    "username": "doc",
    "first_name": "Ada",
    "last_name": "Doe",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture(autouse=True)
def no_counts():
    cache.clear()


@pytest.fixture
def ida(db):
    return person("ida", "administrator")


def ask(who, **typed):
    typed = {"do": "invite", "email": "doc@elsewhere.example", "roles": ["reviewer"], **typed}
    return fresh(who).post(INVITE, typed)


def link_in(text):
    return re.search(r"/admin/welcome/\d+/[^/\s]+/", text)[0]


@pytest.fixture
def link(ida):
    return link_in(ask(ida).text)


def stranger():
    return Client(raise_request_exception=False)


def actions():
    return list(AuditEntry.objects.order_by("number").values_list("action", flat=True))


def test_without_a_mail_server_the_letter_is_shown_once_and_kept_nowhere(ida):
    answer = ask(ida)

    link = link_in(answer.text)
    assert "Hand this letter over yourself" in answer.text
    assert answer["Cache-Control"] == "no-store"
    assert mail.outbox == []
    assert link.split("/")[-2] not in fresh(ida).get(INVITE).text
    assert link.split("/")[-2] not in str(list(Invitation.objects.values()))


def test_with_a_mail_server_the_link_is_in_the_letter_alone(ida, settings):
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example", "https://hair.example"

    answer = ask(ida)

    (letter,) = mail.outbox
    assert letter.to == ["doc@elsewhere.example"]
    assert "https://hair.example/admin/welcome/" in letter.body
    assert "for 72 hours" in letter.body
    assert "/admin/welcome/" not in answer.text


def test_a_mail_that_fails_is_no_fault_of_the_page(ida, settings, monkeypatch):
    settings.EMAIL_HOST = "mail.example"

    def fail(*_):
        raise OSError("away")

    monkeypatch.setattr(EmailBackend, "send_messages", fail)

    assert "The mail server did not take it." in ask(ida).text


def test_who_is_invited_gets_the_roles_that_were_chosen_and_logs_in_with_what_they_typed(link):
    browser = stranger()
    assert "You will be here as reviewer." in browser.get(link).text

    answer = browser.post(
        link, {**TYPED, "groups": ["4"], "roles": ["administrator"], "is_superuser": "on"}
    )

    made = User.objects.get(username="doc")
    assert answer["Location"] == "/admin/account/login/?next=/admin/account/factor/app/"
    assert [group.name for group in made.groups.all()] == ["reviewer"]
    assert (made.email, made.is_staff, made.is_superuser) == ("doc@elsewhere.example", True, False)
    assert log_in(browser, "doc").status_code == 302
    assert "account made by invitation" in actions()
    assert list(audit.verify()) == []


def test_the_link_opens_no_session(link):
    browser = stranger()
    browser.post(link, TYPED)

    assert "session" not in browser.cookies
    assert browser.get("/admin/").status_code == 302


def test_a_link_works_once(link):
    stranger().post(link, TYPED)

    answer = stranger().post(link, {**TYPED, "username": "again"})

    assert answer.status_code == 404
    assert not User.objects.filter(username="again").exists()


def test_a_link_works_for_72_hours(link, monkeypatch):
    now = invitations.tokens._now()
    monkeypatch.setattr(invitations.tokens, "_now", lambda: now + timedelta(hours=71, minutes=59))
    assert stranger().get(link).status_code == 200

    monkeypatch.setattr(invitations.tokens, "_now", lambda: now + timedelta(hours=72, minutes=1))
    assert stranger().post(link, TYPED).status_code == 404


def test_a_link_that_was_taken_back_is_void(ida, link):
    number = link.split("/")[-3]
    fresh(ida).post(INVITE, {"do": "revoke", "number": number})

    assert stranger().post(link, TYPED).status_code == 404
    assert "invitation taken back" in actions()


def test_a_new_link_makes_the_former_one_void(ida, link):
    number = link.split("/")[-3]
    newer = link_in(fresh(ida).post(INVITE, {"do": "renew", "number": number}).text)

    assert stranger().get(link).status_code == 404
    assert stranger().get(newer).status_code == 200


def test_a_link_is_void_when_who_sent_it_may_give_no_roles_any_more(ida, link):
    ida.groups.clear()

    assert stranger().get(link).status_code == 404


def test_another_invitation_s_number_or_roles_do_not_fit_the_token(ida, link):
    other = link_in(ask(ida, email="other@elsewhere.example", roles=["author"]).text)
    *_, number, token, _ = link.split("/")

    assert stranger().get(other.replace(other.split("/")[-2], token)).status_code == 404
    Invitation.objects.filter(pk=number).update(roles=["administrator"])
    assert stranger().get(link).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"password1": "short", "password2": "short"},
        {"password1": "saidandshown", "password2": "saidandshown"},
        {"password2": "another long phrase"},
        {"username": "ida"},
        {"username": "IDA"},
        {"username": ""},
    ],
)
def test_the_rules_of_passwords_and_names_hold_and_the_link_stays_good(link, wrong):
    answer = stranger().post(link, {**TYPED, **wrong})

    assert answer.status_code == 200
    assert User.objects.count() == 1
    assert stranger().post(link, TYPED).status_code == 302


def test_every_link_that_does_not_work_is_answered_alike(ida, link):
    stranger().post(link, TYPED)
    *_, number, token, _ = link.split("/")

    answers = [
        stranger().get(f"/admin/welcome/{number}/{token}/"),
        stranger().get("/admin/welcome/999/abc-def/"),
        stranger().get(f"/admin/welcome/{number}/abc-def/"),
    ]

    assert {one.status_code for one in answers} == {404}
    assert len({one.text for one in answers}) == 1


def test_tries_of_links_are_limited(link, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "welcome": "2/m/ip"}
    statuses = [stranger().post("/admin/welcome/9/abc-def/").status_code for _ in range(3)]

    assert statuses == [404, 404, 429]


def test_invitations_of_one_person_are_limited(ida, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "invite": "1/h/user"}

    assert [ask(ida, email=f"a{n}@x.example").status_code for n in (1, 2)] == [200, 429]


@pytest.mark.parametrize("role", ["author", "reviewer", "publisher"])
def test_nobody_but_administrators_invites(role):
    assert ask(person("eve", role)).status_code == 403
    assert not Invitation.objects.exists()


def test_an_address_that_has_an_account_is_not_invited_again(ida):
    User.objects.filter(pk=ida.pk).update(email="Doc@elsewhere.example")

    assert "An account has this address already" in ask(ida).text
    assert not Invitation.objects.exists()


def test_a_role_that_does_not_exist_cannot_be_given(ida):
    assert not ask(ida, roles=["king"]).context["form"].is_valid()


def test_who_is_logged_in_makes_no_second_account_by_mistake(ida, link):
    browser = fresh(ida)

    assert browser.post(link, TYPED).status_code == 409
    assert User.objects.count() == 1


def test_while_the_site_is_read_only_no_account_is_made(link, settings):
    settings.READ_ONLY = True

    answer = stranger().post(link, TYPED, headers={"Origin": "http://testserver"})

    assert answer.status_code == 503
    assert User.objects.count() == 1


def test_networks_that_the_desk_is_limited_to_are_named(ida, settings):
    browser = fresh(ida)
    settings.STAFF_NETWORKS = [ip_network("127.0.0.0/8"), ip_network("198.51.100.0/24")]

    assert "127.0.0.0/8, 198.51.100.0/24 (STAFF_NETWORKS)" in browser.get(INVITE).text


def test_an_old_invitation_says_so(ida, link):
    Invitation.objects.update(made_at=timezone.now() - timedelta(hours=73))

    assert "The link is too old" in fresh(ida).get(INVITE).text
