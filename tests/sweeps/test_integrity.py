"""The library that our content makes is sound, and all of it was looked at."""

from django.contrib.auth.models import User
from django.utils import timezone

from explainer.kinds import KINDS
from explainer.library.context import public_context
from explainer.library.models import Revision
from explainer.library.validation import problems_of, public_taken
from explainer.operations import crawl, integrity


def test_our_own_content_makes_a_library_without_a_fault(content, site, monkeypatch):
    """Claims and sources are the pages that were visited already; others are asked for anew."""
    ask = crawl._ask

    def visited(address: str) -> crawl.Page:
        answer = site.answers.get(address)
        if answer and address.startswith(("/claims/", "/sources/")):
            return crawl.Page(answer.status, answer.text)
        return ask(address)

    monkeypatch.setattr(crawl, "_ask", visited)
    with content():
        found = integrity.survey(now=timezone.now())

    assert [str(fault) for fault in found.faults] == []
    assert found.counted["triggers"] == 20
    assert found.counted["revisions"] > 600
    assert found.counted["pages"] > 500
    assert found.counted["links"] > 40


def test_staff_are_told_nothing_of_a_public_revision_that_check_content_does_not_say(content):
    with content():
        public = list(Revision.objects.published().select_related("document"))
        taken, context = public_taken(KINDS), public_context()
        found = [
            (revision.subject, problem)
            for revision in public
            for problem in problems_of(revision, context, taken)
        ]

    assert found == []
    assert len(public) > 600


def test_our_own_content_brings_no_account(content):
    with content():
        assert User.objects.count() == 0
