"""Of two who save, or who decide, the second is told, and both texts are put together."""

import pytest
from lxml import html

from explainer.evidence.levels import Level
from explainer.library import drafts, emergency, workflow
from explainer.library.models import Revision, Save
from explainer.review.change import mark
from explainer.review.forms import Caution, Withdrawal
from tests.library import people, shelf
from tests.library.people import ALL, AT, staff
from tests.staff.rows import CLAIM, NEWS, at, draft, of_every_kind, posted

pytestmark = pytest.mark.django_db

POSITIONS = "positions-"


def sent(page, subject=CLAIM, action="edit"):
    """Give what the form that posts to an address would send, as a browser does."""
    (form,) = html.fromstring(page.text).xpath(f"//form[@action='{at(action, subject)}']")
    # A browser drops the first line end in a text area; lxml keeps it.
    return {name: value.removeprefix("\n") for name, value in form.form_values()}


def rows(*positions):
    counts = {f"{POSITIONS}TOTAL_FORMS": len(positions), f"{POSITIONS}INITIAL_FORMS": 0}
    fields = {
        f"{POSITIONS}{n}-{name}": value
        for n, position in enumerate(positions)
        for name, value in position.items()
    }
    return counts | fields


def position(source="clinic-a", **words):
    return shelf.position(source=source, **words)


@pytest.fixture
def ben():
    return staff("ben", "author")


@pytest.fixture
def opened(ben):
    """A draft of a claim whose text has two parts, begun by Ben."""
    shelf.treatment()
    shelf.publish(shelf.source_draft("trial", title="A trial", kind="trial"))
    return draft(people.public_claim(why="First.\n\nSecond."), ben)


def save(revision, ben, **fields):
    current = Revision.objects.get(pk=revision.pk)
    drafts.save(
        revision=current, expected=current.lock_version, fields=fields, actor=ben, now=shelf.NOON
    )


def post(desk_of_ana, revision, base=0, **typed):
    """Post the form as it was opened at a save, with other words in it."""
    began = Save.objects.get(document=revision.document, number=revision.number, lock_version=base)
    fields = {name: value for name, value in began.fields.items() if isinstance(value, str)}
    fields |= {**rows(position()), **typed, "base": base, "number": revision.number}
    return desk_of_ana.post(at("edit"), fields)


def stored(revision):
    return drafts.saved_fields(Revision.objects.get(pk=revision.pk))


def test_the_page_says_who_saved_and_changes_nothing(desk_of_ana, opened, ben):
    save(opened, ben, why="First, by Ben.\n\nSecond.")

    page = post(desk_of_ana, opened, why="First.\n\nSecond, by Ana.")

    assert page.status_code == 409
    assert "ben saved this" in page.text
    assert "Nothing of yours is lost" in page.text
    assert stored(opened)["why"] == "First, by Ben.\n\nSecond."


def test_line_ends_of_the_browser_are_no_change(desk_of_ana, opened, ben):
    save(opened, ben, why="First, by Ben.\n\nSecond.")

    page = post(desk_of_ana, opened, why="First.\r\n\r\nSecond.", ask="Is it safe?")

    assert page.context["questions"] == []


def test_two_paragraphs_of_two_people_are_put_together_and_nothing_is_lost(
    desk_of_ana, opened, ben
):
    save(opened, ben, why="First, by Ben.\n\nSecond.")

    page = post(desk_of_ana, opened, why="First.\n\nSecond, by Ana.")
    desk_of_ana.post(at("edit"), sent(page))

    assert stored(opened)["why"] == "First, by Ben.\n\nSecond, by Ana."


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("mine", "Ana's."),
        ("theirs", "Ben's."),
        ("both", "Ana's.\n\nBen's."),
        ("?", "Ana's.\n\nBen's."),
    ],
)
def test_whose_paragraph_stays_is_chosen_and_both_stay_unless_it_is(
    desk_of_ana, opened, ben, choice, kept
):
    save(opened, ben, why="Ben's.\n\nSecond.")

    page = post(desk_of_ana, opened, why="Ana's.\n\nSecond.")
    decided = sent(page)
    assert decided["merge-why-0"] == "both"
    assert "The same in both: Second." in page.text
    desk_of_ana.post(at("edit"), {**decided, "merge-why-0": choice})

    assert stored(opened)["why"] == f"{kept}\n\nSecond."


def test_lines_of_a_list_that_two_people_added_are_all_kept(desk_of_ana, opened, ben):
    save(opened, ben, heard=["no time off", "by Ben"])

    page = post(desk_of_ana, opened, heard="by Ana\nno time off")
    desk_of_ana.post(at("edit"), sent(page))

    assert {*stored(opened)["heard"]} == {"by Ana", "by Ben", "no time off"}


def test_positions_are_put_together_one_by_one(desk_of_ana, opened, ben):
    save(opened, ben, positions=[position(), position("trial", says="Ben's.")])

    page = post(desk_of_ana, opened, **rows(position(says="Ana's.")))
    desk_of_ana.post(at("edit"), sent(page))

    saved = [(each["source"], each["says"]) for each in stored(opened)["positions"]]
    assert saved == [("clinic-a", "Ana's."), ("trial", "Ben's.")]


def test_a_position_that_both_changed_is_asked_by_its_own_fields(desk_of_ana, opened, ben):
    save(opened, ben, positions=[position(says="Ben's.", level="under-investigation")])

    page = post(desk_of_ana, opened, **rows(position(says="Ana's.")))
    decided = sent(page)
    decided[f"{POSITIONS}0-level"] = "under-investigation"
    desk_of_ana.post(at("edit"), decided)

    assert [question.label for question in page.context["questions"]] == ["Position of clinic-a"]
    both = position(says="Ana's. Ben's.", level="under-investigation")
    assert stored(opened)["positions"] == [both]


@pytest.mark.parametrize("stays", [True, False])
def test_a_position_that_one_took_out_and_one_changed_is_asked(stays, desk_of_ana, opened, ben):
    save(opened, ben, positions=[position(says="Ben's.")])

    page = post(desk_of_ana, opened, **rows())
    decided = sent(page)
    assert decided[f"{POSITIONS}0-DELETE"] == "on"
    if stays:
        del decided[f"{POSITIONS}0-DELETE"]
    desk_of_ana.post(at("edit"), decided)

    assert stored(opened)["positions"] == ([position(says="Ben's.")] if stays else [])


def test_a_third_save_in_between_is_told_again(desk_of_ana, opened, ben):
    save(opened, ben, why="Ben's.")
    page = post(desk_of_ana, opened, why="Ana's.")
    save(opened, ben, why="Ben's second.")

    again = desk_of_ana.post(at("edit"), sent(page))

    assert again.status_code == 409
    assert "Ben's second." in html.fromstring(again.text).text_content()
    assert sent(again)["why"] == "Ana's.\n\nBen's."


def test_without_a_draft_the_text_is_kept_and_put_into_the_next(desk_of_ana, opened, ben):
    drafts.discard(revision=opened, expected=0, actor=ben, now=shelf.NOON)

    page = post(desk_of_ana, opened, why="Ana's.")
    desk_of_ana.post(at("start"), sent(page, action="start"))
    merged = desk_of_ana.post(at("edit"), sent(page))
    desk_of_ana.post(at("edit"), sent(merged))

    assert page.status_code == 409
    assert "The draft was thrown away" in page.text
    assert "Ana&#x27;s." in page.text
    again = Revision.objects.open().get()
    assert (again.number, stored(again)["why"]) == (3, "Ana's.")


def test_a_draft_in_review_keeps_the_text_until_it_is_taken_back(desk_of_ana, opened, ben):
    fields = {"note": "New.", "why": "[Because.](background:)"}
    drafts.save(revision=opened, expected=0, fields=fields, actor=ben, now=shelf.NOON)
    workflow.submit(revision=opened, expected=1, actor=ben, now=people.AT)

    page = post(desk_of_ana, opened, base=1, why="Ana's.")
    workflow.take_back(revision=opened, expected=1, actor=ben, now=people.AT)
    desk_of_ana.post(at("edit"), sent(page))

    assert "handed over for review" in page.text
    assert stored(opened)["why"] == "Ana's."


OTHER = {
    CLAIM: {"ask": "Is it safe?"},
    "articles/t/safety": {"body": "[](claim:t/hope)\n\nMore."},
    "sources/clinic-a": {"publisher": "A journal"},
    "glossary/scalp": {"also": ["skull"]},
    "treatments/t": {"also": ["The other name"]},
}
"""Something else to change in each kind of subject."""

CAUTION = {"level": Level.UNSUPPORTED, "reason": "not-studied", "because": "No study."}
ALONE = {"withdraw": (Withdrawal, {"reason": "It was wrong."}), "caution": (Caution, CAUTION)}


@pytest.fixture
def revision(document, ben):
    return draft(document, ben)


@of_every_kind
def test_what_one_side_changed_is_put_together_unasked(desk_of_ana, revision):
    subject, (name, mine) = revision.subject, *NEWS[revision.subject].items()
    typed = posted(revision, **{name: mine})
    save(revision, revision.author, **OTHER[subject])

    page = desk_of_ana.post(at("edit", subject), typed)
    response = desk_of_ana.post(at("edit", subject), sent(page, subject))

    assert (page.status_code, page.context["questions"]) == (409, [])
    assert response.status_code == 302
    assert stored(revision).items() >= {name: mine, **OTHER[subject]}.items()


@of_every_kind
def test_what_both_changed_is_asked_and_nothing_is_stored_unasked(desk_of_ana, revision):
    subject, (name, theirs) = revision.subject, *NEWS[revision.subject].items()
    typed = posted(revision, **{name: "Words of Ana & <co>."})
    save(revision, revision.author, **{name: theirs})

    page = desk_of_ana.post(at("edit", subject), typed)
    before = stored(revision)[name]
    decided = sent(page, subject)
    (choice,) = [field for field in decided if field.startswith(f"merge-{name}-")]
    desk_of_ana.post(at("edit", subject), decided)

    label = revision.document.kind.field_label(name)
    assert (page.status_code, [each.label for each in page.context["questions"]]) == (409, [label])
    assert page.text.count(f'name="{name}"') == 1
    assert (before, decided[name]) == (theirs, "Words of Ana & <co>.")
    both = stored(revision)[name]
    assert decided[choice] == "both"
    assert ("Words of Ana & <co>." in both, theirs in both) == (True, True)


@of_every_kind
def test_what_was_discarded_and_begun_anew_meanwhile_is_compared(desk_of_ana, document, revision):
    subject, (name, _) = revision.subject, *NEWS[revision.subject].items()
    typed = posted(revision, **{name: "Words of Ana."})
    drafts.discard(revision=revision, expected=0, actor=revision.author, now=shelf.NOON)
    without = desk_of_ana.post(at("edit", subject), typed)
    draft(document, revision.author)

    page = desk_of_ana.post(at("edit", subject), typed)
    desk_of_ana.post(at("edit", subject), sent(page, subject))

    assert ("thrown away" in without.text, "Words of Ana." in without.text) == (True, True)
    assert "thrown away" in page.text
    assert drafts.newest(document).fields[name] == "Words of Ana."


@pytest.mark.parametrize(
    ("page", "subject"),
    [("withdraw", CLAIM), ("withdraw", "articles/t/safety"), ("caution", CLAIM)],
)
@pytest.mark.parametrize("late", [True, False])
def test_what_nobody_looked_at_is_neither_withdrawn_nor_relabelled(
    client, claim, article, monkeypatch, subject, page, late
):
    ana, ben = people.staff("ana", *ALL), people.staff("ben", *ALL)
    document = shelf.document(subject)
    base = mark(drafts.newest(document))
    revision = people.approved(document, ana, ben, **NEWS[subject])
    form, fields = ALONE[page]
    verb = form.verb

    def publish():
        workflow.publish(revisions=[revision], expected=[revision.lock_version], actor=ben, now=AT)

    def after_publishing(**asked):
        """Publish between what the page checks and the verb."""
        publish()
        return verb(**asked)

    if late:
        monkeypatch.setattr(form, "verb", staticmethod(after_publishing))
    else:
        publish()
    client.force_login(ana)
    response = client.post(at(page, subject), {"base": base, **fields})

    assert response.status_code == 409
    assert list(fields.values())[-1] in response.text
    assert f'name="base" value="{mark(revision)}"' in response.text
    assert (drafts.newest(document).number, drafts.newest(document).state) == (2, "published")


@pytest.mark.parametrize("page", ALONE)
def test_what_was_typed_about_something_withdrawn_meanwhile_stays(client, claim, page):
    client.force_login(people.staff("pia", "publisher"))
    base = mark(drafts.newest(claim))
    ana = people.staff("ana", *ALL)
    emergency.withdraw(document=claim, expected=1, actor=ana, reason="Wrong.", now=AT)
    _, fields = ALONE[page]

    response = client.post(at(page), {"base": base, **fields})

    assert response.status_code == 409
    assert list(fields.values())[-1] in response.text
    assert "It is not public" in response.text
    assert client.get(at("caution")).status_code == 404
