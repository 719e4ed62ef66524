"""A save that came too late loses nothing: both texts are put together on one page."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from explainer.library import beginning, drafts, publishing
from explainer.library.models import Revision, Save, Source, State
from tests.library import shelf
from tests.library.test_story import staff

pytestmark = pytest.mark.django_db

SUBJECT = "claims/t/hope"
POSITIONS = "positions-"


class Form(HTMLParser):
    """Reads what the form that posts to an address would send, as a browser does."""

    def __init__(self, page, action):
        super().__init__()
        self.action, self.fields, self.inside, self.area, self.select = action, {}, False, "", ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("action") == self.action
        elif not self.inside:
            return
        elif tag == "textarea" and "name" in given:
            self.area = given["name"]
            self.fields[self.area] = ""
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and "selected" in given:
            self.fields[self.select] = given["value"]
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.fields[given["name"]] = given.get("value", "on")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data):
        if self.area:
            self.fields[self.area] += data.removeprefix("\n")


def sent(page, action="staff-edit"):
    return Form(page.text, reverse(action, args=[SUBJECT])).fields


def rows(*positions):
    counts = {f"{POSITIONS}TOTAL_FORMS": len(positions), f"{POSITIONS}INITIAL_FORMS": 0}
    fields = {
        f"{POSITIONS}{n}-{name}": value
        for n, position in enumerate(positions)
        for name, value in position.items()
    }
    return counts | fields


def position(source="clinic-a", **words):
    return {"source": source, "level": "plausible", "product": "", "says": "Says so.", **words}


@pytest.fixture
def ben():
    return staff("ben", "author")


@pytest.fixture
def draft(ben):
    shelf.treatment()
    other = Source(key="trial", title="A trial", kind="trial", seen="full", appraisal="Ours.")
    publishing.revise(rows=[other], by=None, reason="A test", now=shelf.NOON)
    revision = shelf.claim_draft(why="First.\n\nSecond.", note="First.")
    shelf.publish(revision)
    return beginning.start(identity=revision.claim, actor=ben, now=shelf.NOON)


@pytest.fixture
def room(client, draft):
    client.force_login(staff("ana", "author"))
    return client


def save(draft, ben, **given):
    held = Revision.objects.get(pk=draft.pk)
    drafts.save(revision=held, base=held.lock_version, given=given, actor=ben, now=shelf.NOON)


def post(room, draft, expected=0, **typed):
    """Post the form as it was opened at a save, with other words in it."""
    began = Save.objects.get(subject=SUBJECT, number=draft.number, count=base).words
    fields = {name: value for name, value in began.items() if isinstance(value, str)}
    given = {**fields, **rows(position()), **typed, "base": base, "number": draft.number}
    return room.post(reverse("staff-edit", args=[SUBJECT]), given)


def stored(draft):
    return saved_fields(Revision.objects.get(pk=draft.pk))


def test_the_page_says_who_saved_and_changes_nothing(room, draft, ben) -> None:
    save(draft, ben, why="First, by Ben.\n\nSecond.")

    page = post(room, draft, why="First.\n\nSecond, by Ana.")

    assert page.status_code == 409
    assert "ben saved this" in page.text
    assert "Nothing of yours is lost" in page.text
    assert stored(draft)["why"] == "First, by Ben.\n\nSecond."


def test_what_both_changed_is_asked_and_what_was_decided_is_saved(room, draft, ben) -> None:
    save(draft, ben, why="First, by Ben.")

    page = post(room, draft, why="First, by Ana & <co>.")
    decided = sent(page)
    response = room.post(
        reverse("staff-edit", args=[SUBJECT]), {**decided, "why": f"{decided['why']} And Ben."}
    )

    assert [question.label for question in page.context["questions"]] == ["Why it has this label"]
    assert "First, by Ben." in page.text
    assert decided["why"] == "First, by Ana & <co>."
    assert response.status_code == 302
    assert stored(draft)["why"] == "First, by Ana & <co>. And Ben."


def test_what_one_side_changed_is_put_together_unasked(room, draft, ben) -> None:
    save(draft, ben, ask="Has it been tested?")

    page = post(room, draft, would_change="Two trials.")
    room.post(reverse("staff-edit", args=[SUBJECT]), sent(page))

    assert page.context["questions"] == []
    assert stored(draft)["ask"] == "Has it been tested?"
    assert stored(draft)["would_change"] == "Two trials."


def test_line_ends_of_the_browser_are_no_change(room, draft, ben) -> None:
    save(draft, ben, why="First, by Ben.\n\nSecond.")

    page = post(room, draft, why="First.\r\n\r\nSecond.", ask="Is it safe?")

    assert page.context["questions"] == []


def test_positions_are_put_together_one_by_one(room, draft, ben) -> None:
    save(draft, ben, positions=[position(), position("trial", says="Ben's.")])

    page = post(room, draft, **rows(position(says="Ana's.")))
    room.post(reverse("staff-edit", args=[SUBJECT]), sent(page))

    told = [(held["source"], held["says"]) for held in stored(draft)["positions"]]
    assert told == [("clinic-a", "Ana's."), ("trial", "Ben's.")]


def test_a_position_that_both_changed_is_asked_by_its_own_fields(room, draft, ben) -> None:
    save(draft, ben, positions=[position(says="Ben's.", level="under-investigation")])

    page = post(room, draft, **rows(position(says="Ana's.")))
    decided = sent(page)
    decided[f"{POSITIONS}0-level"] = "under-investigation"
    room.post(reverse("staff-edit", args=[SUBJECT]), decided)

    assert [question.label for question in page.context["questions"]] == ["Position of clinic-a"]
    assert stored(draft)["positions"] == [position(says="Ana's.", level="under-investigation")]


@pytest.mark.parametrize("kept", [True, False])
def test_a_position_that_one_took_out_and_one_changed_is_asked(kept, room, draft, ben) -> None:
    save(draft, ben, positions=[position(says="Ben's.")])

    page = post(room, draft, **rows())
    decided = sent(page)
    assert decided[f"{POSITIONS}0-DELETE"] == "on"
    if kept:
        del decided[f"{POSITIONS}0-DELETE"]
    room.post(reverse("staff-edit", args=[SUBJECT]), decided)

    assert stored(draft)["positions"] == ([position(says="Ben's.")] if kept else [])


def test_a_third_save_in_between_is_told_again(room, draft, ben) -> None:
    save(draft, ben, why="Ben's.")
    page = post(room, draft, why="Ana's.")
    save(draft, ben, why="Ben's second.")

    again = room.post(reverse("staff-edit", args=[SUBJECT]), sent(page))

    assert again.status_code == 409
    assert "Ben&#x27;s second." in again.text
    assert sent(again)["why"] == "Ana's."


def test_a_draft_that_was_begun_anew_is_compared_too(room, draft, ben) -> None:
    drafts.discard(revision=draft, expected=0, actor=ben, now=shelf.NOON)
    claim = Revision.objects.get().claim
    another = drafts.start(document=claim, actor=ben, now=shelf.NOON)

    page = post(room, draft, why="Ana's.")
    room.post(reverse("staff-edit", args=[SUBJECT]), sent(page))

    assert "thrown away" in page.text
    assert stored(another)["why"] == "Ana's."


def test_without_a_draft_the_text_is_kept_and_put_into_the_next(room, draft, ben) -> None:
    drafts.discard(revision=draft, expected=0, actor=ben, now=shelf.NOON)

    page = post(room, draft, why="Ana's.")
    room.post(reverse("staff-start", args=[SUBJECT]), sent(page, "staff-start"))
    merged = room.post(reverse("staff-edit", args=[SUBJECT]), sent(page))
    room.post(reverse("staff-edit", args=[SUBJECT]), sent(merged))

    assert page.status_code == 409
    assert "The draft was thrown away" in page.text
    assert "Ana&#x27;s." in page.text
    opened = Revision.objects.open().get()
    assert (opened.number, stored(opened)["why"]) == (3, "Ana's.")


def test_a_draft_in_review_keeps_the_text_until_it_is_taken_back(room, draft, ben) -> None:
    drafts.move(draft, 0, state=State.DRAFT, to=State.IN_REVIEW, submitted_actor=ben)

    page = post(room, draft, why="Ana's.")
    drafts.move(draft, 0, state=State.IN_REVIEW, to=State.DRAFT)
    room.post(reverse("staff-edit", args=[SUBJECT]), sent(page))

    assert "handed over for review" in page.text
    assert stored(draft)["why"] == "Ana's."
