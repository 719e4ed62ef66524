"""The steps of a new site tick themselves, by what the site shows."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from explainer.kinds import ARTICLE
from explainer.library import drafts, workflow
from explainer.library.models import Revision
from explainer.operations import first_run
from tests.library.people import AT, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return staff("ana", "author", "publisher", "administrator")


def done(who):
    return {name for name, is_done in first_run.look(who).steps.items() if is_done}


def test_two_people_suffice_and_one_does_not(ana):
    assert "pair" not in done(ana)
    assert first_run.look(ana).alone

    staff("ben", "reviewer")

    assert "pair" in done(ana)
    assert not first_run.look(ana).alone


def test_one_person_with_every_role_is_no_pair_and_neither_are_two_who_left(db):
    eva = User.objects.create_superuser("eva")
    User.objects.filter(pk=staff("ben", "reviewer", "author").pk).update(is_active=False)

    assert "pair" not in done(eva)


def test_a_role_names_who_holds_it_and_a_superuser_holds_all(ana):
    User.objects.create_superuser("eva")

    held = {role.name: role.people for role in first_run.look(ana).roles}

    assert held["author"] == ("ana", "eva")
    assert held["reviewer"] == ("eva",)


def test_letters_need_a_server_and_an_address_of_everybody(ana, settings):
    assert "mail" not in done(ana)
    settings.EMAIL_HOST = "mail.example"
    User.objects.update(email="")
    assert "mail" not in done(ana)

    User.objects.update(email="ana@clinic.example")

    assert "mail" in done(ana)


def test_a_second_factor_is_asked_of_whom_it_is_needed(ana, settings):
    assert "factor" in done(ana)
    settings.STAFF_SECOND_FACTOR = True

    assert "factor" not in done(ana)
    assert "factor" in done(staff("ben", "reviewer"))


def practised(ana):
    words = "[A hair grows from a root in the skin.](background:)"
    fields = {"title": "Practice page", "summary": words, "body": words, "note": "Practice."}
    revision = drafts.create(kind=ARTICLE, key="practice-page", fields=fields, actor=ana, now=AT)
    step = {"revision": revision, "expected": revision.lock_version, "now": AT}
    workflow.submit(**step, actor=ana)
    return step


def test_the_practice_of_the_guide_can_be_handed_over_and_answered(client, ana):
    ben = staff("ben", "reviewer")
    step = practised(ana)
    assert done(ana) >= {"handed_over"}
    assert not first_run.look(ana).is_over

    workflow.send_back(**step, actor=ben, comment="Seen.")

    assert first_run.look(ana).is_over
    assert not Revision.objects.published().exists()


def test_the_first_page_says_what_to_do_until_it_is_done(client, ana):
    client.force_login(ana)
    page = client.get(reverse("admin:index")).text
    assert "Before two people can work here" in page
    assert "You are the only one with a role here." in page

    workflow.send_back(**practised(ana), actor=staff("ben", "reviewer"), comment="Seen.")

    page = client.get(reverse("admin:index")).text
    assert "Before two people can work here" not in page
    assert "What one person alone may do" in page
    assert "You are the only one" not in page
