"""While a claim is typed, its writer is told what saving would say; nothing is stored."""

import json
import re
from dataclasses import asdict

import pytest
from django.core.cache import cache
from django.urls import reverse

from explainer.kinds import CLAIM as CLAIM_KIND
from explainer.library import drafts
from explainer.library.models import AuditEntry, Position, Revision, Save
from tests.library import shelf
from tests.staff.rows import ARTICLE, CLAIM, at, draft, position, posted

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Background": "1"}
DOUBT = {"positions__0__level": "unsupported", "reason": "not-studied", "note": "New."}
LOOKED = {
    **DOUBT,
    "positions__0__finding": "no-effect",
    "positions__0__says": "Found nothing.",
    "reason": "no-effect-found",
}
VAIN = "Clinics say *it lasts*, but no study we found shows it."
SAID = "Clinics say *it helps hair*, but no study we found shows it."


@pytest.fixture
def revision(claim, article, ana):
    cache.clear()
    return draft(claim, ana)


@pytest.fixture
def ask(desk_of_ana):
    def asked(revision, subject=CLAIM, **changed):
        fields = {"subject": subject, **posted(revision, **changed)}
        return desk_of_ana.post(reverse("live-claim"), fields, headers=SCRIPT)

    return asked


def test_a_changed_position_changes_the_label_and_says_who_decides(ask, revision):
    said = ask(revision, **LOOKED).json()

    assert (said["label"], said["modifier"]) == (
        "Unsupported, studies found no effect.",
        "unsupported",
    )
    assert said["explanation"].startswith("There is no good evidence for this.")
    assert said["waits_for"] == ""
    assert said["decision"] == "Only one source speaks to this. Decided by “A clinic”."
    assert said["effects"] == [
        "1 page will show “Unsupported, studies found no effect” "
        "instead of “Plausible, in theory only”."
    ]
    assert said["pages"] == [{"title": "A title", "subject": ARTICLE}]


def test_where_only_sellers_words_lead_to_a_label_our_rule_decides(ask, revision, client):
    changed = {**DOUBT, "statement": SAID}
    rule = "Unsupported by our rule: those who say so sell it and show nothing."

    said = ask(revision, **changed).json()
    client.post(at("edit"), posted(revision, **changed))

    assert said["label"] == "This promise: unsupported, not tested."
    assert said["decision"] == rule
    saved = client.get(at("edit")).text
    assert "This promise: unsupported, not tested.</p>" in saved
    assert f"<p data-forms-decision>{rule}</p>" in saved


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"positions__0__finding": "mixed"}, "positions-0-finding", "can carry “Under investig"),
        ({"statement": SAID, **DOUBT}, "looked", "say on what day you looked"),
        ({"looked": "date: in May\nfor: trials"}, "looked", "Give the day"),
        ({"numbers": "source: clinic-a\nwith: many"}, "numbers", "Give both arms"),
        ({"twin": "u/hope"}, "twin", "There is no claim 'u/hope'"),
        ({"twin": "t/vain"}, "twin", "Its twin “t/vain” has another label"),
        ({"name": "A name that is far too long"}, "name", "at most 5 words"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(ask, revision, changed, field, message):
    vain = [shelf.position("unsupported")]
    shelf.publish(shelf.claim_draft("vain", statement=VAIN, positions=vain, reason="not-studied"))

    found = ask(revision, **changed).json()["problems"]

    assert [message in it["message"] for it in found if it["id"] == f"id_{field}"] == [True], found


@pytest.mark.parametrize(
    ("changed", "label", "waits_for", "decision"),
    [
        (
            {"positions__0__level": "unsupported"},
            "Unsupported.", "The label is Unsupported: choose why.", "",
        ),
        (
            {"level": "under-investigation", "level_reason": "One small trial."},
            "Still under investigation: early studies only.", "",
            "You chose more caution than the positions give (“Plausible”).",
        ),
        ({**DOUBT, "level": "plausible", "level_reason": "Because."}, "", "less cautious", ""),
    ],
    ids=[
        "a label that waits for its reason is shown with what is missing",
        "a more cautious choice of the editor is told as such",
        "a less cautious choice gives no label",
    ],
)  # fmt: skip
def test_a_label_says_what_it_waits_for_and_what_was_chosen(
    ask, revision, changed, label, waits_for, decision
):
    said = ask(revision, **changed).json()

    assert said["label"] == label
    assert waits_for in said["waits_for"]
    assert bool(said["waits_for"]) == bool(waits_for)
    assert decision in said["decision"]


@pytest.mark.parametrize(
    "changed",
    [
        DOUBT,
        {"why": "This is a breakthrough.", "note": ""},
        {"statement": "It cures all hair.", "topic": ""},
        {"positions__TOTAL_FORMS": 0},
        position(1, source="trial-1", level="unsupported", says="A miracle.")
        | {"positions__TOTAL_FORMS": 2},
    ],
    ids=["doubt", "praise", "overstated", "no position", "another source"],
)
def test_the_answer_is_what_saving_gives(ask, revision, client, changed):
    shelf.publish(shelf.source_draft("trial-1", title="A trial", kind="trial"))

    said = ask(revision, **changed).json()
    client.post(at("edit"), posted(revision, **changed))

    saved = client.get(at("edit")).context
    problems = [asdict(found) for found in saved["problems"]]
    assert problems == said["problems"]
    outlook = json.loads(json.dumps(saved["outlook"]))
    assert {name: said[name] for name in outlook} == outlook
    assert len(problems) >= (0 if changed is DOUBT else 1)


def test_nothing_is_stored(ask, revision):
    shelf.publish(shelf.source_draft("trial-1", title="A trial", kind="trial"))
    counts = [model.objects.count() for model in (Save, AuditEntry, Position)]
    before = Revision.objects.filter(pk=revision.pk).values().get()

    ask(revision, why="Other.", positions__0__source="trial-1")

    assert Revision.objects.filter(pk=revision.pk).values().get() == before
    assert [model.objects.count() for model in (Save, AuditEntry, Position)] == counts
    assert Position.objects.get(revision=revision).source.key == "clinic-a"


def test_what_cannot_be_stored_is_told_at_its_field(ask, revision):
    said = ask(revision, note="x" * 501, positions__0__source="nobody").json()

    assert [found["id"] for found in said["problems"]] == ["id_note", "id_positions-0-source"]
    assert "label" not in said


def test_how_the_texts_read_comes_with_the_answer(ask, revision):
    why = " ".join(["Fibroblasts were examined histologically in every participant."] * 20)

    said = ask(revision, why=why).json()

    statement, reason, unknown = said["reading"]
    assert statement == "Statement: 6 words."
    assert re.match(
        r"Why it has this label: 140 words, grade \d\d\.\d \(aim at 6.0, at most", reason
    )
    assert "histologically" in reason
    assert "fibroblasts" in unknown


def test_of_more_than_three_sources_that_decide_the_number_is_told(ask, revision):
    keys = [f"trial-{order}" for order in range(4)]
    shelf.publish(*(shelf.source_draft(key, title=key, kind="trial") for key in keys))
    rows = {"positions__TOTAL_FORMS": 4}
    for order, key in enumerate(keys):
        rows |= position(order, source=key, level="plausible", says="Says so.")

    said = ask(revision, **rows).json()

    assert said["decision"].endswith("Decided by 4 of 4 positions.")


@pytest.mark.parametrize(
    ("subject", "status"),
    [(name, 404) for name in ("claims/t/none", "claims/t/\x00", "", "nothing", "../etc")]
    + [(ARTICLE, 400)],
)
def test_what_is_no_claim_is_a_message(ask, revision, subject, status):
    response = ask(revision, subject=subject)

    assert response.status_code == status
    assert response.json()["message"]


def test_a_failure_of_the_checks_is_a_message(ask, revision, monkeypatch):
    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr("explainer.editor.preview.label_preview", broken)

    response = ask(revision)

    assert response.status_code == 422
    assert "your text is safe" in response.json()["message"]


def test_a_claim_that_was_never_public_changes_nothing_for_readers(ask, revision, ana):
    fields = {"statement": "New."}
    fresh = drafts.create(kind=CLAIM_KIND, key="t/new", fields=fields, actor=ana, now=shelf.NOON)

    said = ask(fresh, subject="claims/t/new").json()

    assert said["effects"] == [
        "The claim is not public yet. No page shows it until it is published."
    ]
    assert said["label"] == ""
