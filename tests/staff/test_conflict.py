"""A save that came too late loses nothing: both texts are put together on one page."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from explainer.library import drafts, workflow
from explainer.library.models import Revision, Save
from tests.library import people, shelf
from tests.library.people import staff

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
        attributes = dict(attrs)
        if tag == "form":
            self.inside = attributes.get("action") == self.action
        elif not self.inside:
            return
        elif tag == "textarea" and "name" in attributes:
            self.area = attributes["name"]
            self.fields[self.area] = ""
        elif tag == "select":
            self.select = attributes["name"]
        elif tag == "option" and "selected" in attributes:
            self.fields[self.select] = attributes["value"]
        elif tag == "input" and (attributes.get("type") != "checkbox" or "checked" in attributes):
            default = "on" if attributes.get("type") == "checkbox" else ""
            self.fields[attributes["name"]] = attributes.get("value", default)

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
    shelf.publish(shelf.source_draft("trial", title="A trial", kind="trial"))
    claim = people.public_claim(why="First.\n\nSecond.")
    return drafts.start(document=claim, actor=ben, now=shelf.NOON)


@pytest.fixture
def room(client, draft):
    client.force_login(staff("ana", "author"))
    return client


def save(draft, ben, **fields):
    current = Revision.objects.get(pk=draft.pk)
    drafts.save(
        revision=current, expected=current.lock_version, fields=fields, actor=ben, now=shelf.NOON
    )


def post(room, draft, base=0, **typed):
    """Post the form as it was opened at a save, with other words in it."""
    began = Save.objects.get(document=draft.document, number=draft.number, lock_version=base)
    fields = {name: value for name, value in began.fields.items() if isinstance(value, str)}
    fields |= {**rows(position()), **typed, "base": base, "number": draft.number}
    return room.post(reverse("staff-edit", args=[SUBJECT]), fields)


def stored(draft):
    return drafts.saved_fields(Revision.objects.get(pk=draft.pk))


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
    assert page.text.count('name="why"') == 1
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

    saved = [(each["source"], each["says"]) for each in stored(draft)["positions"]]
    assert saved == [("clinic-a", "Ana's."), ("trial", "Ben's.")]


def test_a_position_that_both_changed_is_asked_by_its_own_fields(room, draft, ben) -> None:
    save(draft, ben, positions=[position(says="Ben's.", level="under-investigation")])

    page = post(room, draft, **rows(position(says="Ana's.")))
    decided = sent(page)
    decided[f"{POSITIONS}0-level"] = "under-investigation"
    room.post(reverse("staff-edit", args=[SUBJECT]), decided)

    assert [question.label for question in page.context["questions"]] == ["Position of clinic-a"]
    assert stored(draft)["positions"] == [position(says="Ana's.", level="under-investigation")]


@pytest.mark.parametrize("stays", [True, False])
def test_a_position_that_one_took_out_and_one_changed_is_asked(stays, room, draft, ben) -> None:
    save(draft, ben, positions=[position(says="Ben's.")])

    page = post(room, draft, **rows())
    decided = sent(page)
    assert decided[f"{POSITIONS}0-DELETE"] == "on"
    if stays:
        del decided[f"{POSITIONS}0-DELETE"]
    room.post(reverse("staff-edit", args=[SUBJECT]), decided)

    assert stored(draft)["positions"] == ([position(says="Ben's.")] if stays else [])


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
    another = drafts.start(document=draft.document, actor=ben, now=shelf.NOON)

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
    fields = {"note": "New.", "why": "[Because.](background:)"}
    drafts.save(revision=draft, expected=0, fields=fields, actor=ben, now=shelf.NOON)
    workflow.submit(revision=draft, expected=1, actor=ben, now=people.AT)

    page = post(room, draft, base=1, why="Ana's.")
    workflow.take_back(revision=draft, expected=1, actor=ben, now=people.AT)
    room.post(reverse("staff-edit", args=[SUBJECT]), sent(page))

    assert "handed over for review" in page.text
    assert stored(draft)["why"] == "Ana's."
