"""The live answers are for staff who may write, never too often, and never fail in their face."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from explainer.editor import live
from explainer.editor.live import MOST, search
from explainer.editor.pasting import paste
from explainer.kinds import RECORD, TREATMENT
from explainer.library import publishing
from explainer.staff import decorators
from explainer.staff.decorators import Pace
from explainer.text.markdown import MAX_BYTES
from tests.library import shelf
from tests.library.people import staff

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Background": "1"}
"""What our scripts send, so that the whole site knows no person waits for a page."""
ADDRESSES = {"live-text": "post", "live-claim": "post", "live-claims": "get", "live-token": "get"}
ADDRESSES |= {"live-paste": "post", "live-proposals": "post"}


@pytest.fixture(autouse=True)
def _no_spell():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def haste(monkeypatch):
    """Let each ask three times an hour."""
    monkeypatch.setattr(decorators, "PACE", Pace(most=3, seconds=3600))


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_a_stranger_gets_json_and_never_the_log_in_page(client, name, method):
    response = getattr(client, method)(reverse(name), headers=SCRIPT)

    assert response.status_code in ({401, 403} if method in ("get", "post") else {405})
    assert response.json()["message"]


@pytest.mark.parametrize("view", [live.text, live.claim, live.claims, live.token, paste])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_guard_itself_refuses_a_stranger(rf, view, method):
    request = rf.generic(method, "/")
    request.user = AnonymousUser()

    response = view(request)

    assert response.status_code == 403
    assert json.loads(response.content) == {"message": decorators.TEXT_ENDED, "ended": True}


@pytest.mark.parametrize("name", ADDRESSES)
def test_staff_without_the_right_are_told_which_role_to_ask_for(client, name):
    client.force_login(staff("looker"))

    response = getattr(client, ADDRESSES[name])(reverse(name))

    assert response.status_code == 403
    assert "role 'author'" in response.json()["message"]
    assert response.json()["ended"] is False


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_address_answers_one_method_and_no_answer_is_ever_stored(desk_of_ana, name):
    right, wrong = ADDRESSES[name], "get" if ADDRESSES[name] == "post" else "post"

    answer, refused = (getattr(desk_of_ana, method)(reverse(name)) for method in (right, wrong))

    assert "no-store" in answer["Cache-Control"]
    assert (refused.status_code, refused["Allow"]) == (405, right.upper())
    assert "not" in refused.json()["message"]


def test_a_text_without_the_form_s_token_is_refused_and_a_stale_page_gets_a_new_one(ana):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    refused = strict.post(reverse("live-text"), {"body": "-"}, headers=SCRIPT)

    headers = {"X-CSRFToken": strict.get(reverse("live-token")).json()["token"]}
    taken = strict.post(reverse("live-text"), {"body": "-"}, headers=headers)

    assert (refused.status_code, taken.status_code) == (403, 200)


@pytest.mark.parametrize("name", ADDRESSES)
def test_one_request_too_many_in_a_spell_has_to_wait_and_holds_up_nobody_else(
    desk_of_ana, admin_client, haste, name
):
    asked = [getattr(desk_of_ana, ADDRESSES[name])(reverse(name)) for _ in range(4)]

    assert [response.status_code == 429 for response in asked] == [False, False, False, True]
    assert 3500 < int(asked[3]["Retry-After"]) <= 3600
    assert asked[3].json()["message"] == "Too many requests. The next one can wait."
    assert getattr(admin_client, ADDRESSES[name])(reverse(name)).status_code != 429


def test_nothing_to_show_is_a_message(desk_of_ana):
    response = desk_of_ana.post(reverse("live-text"), {"article": "t/safety"})

    assert response.status_code == 400
    assert "'summary', 'body' or both" in response.json()["message"]


@pytest.mark.parametrize("field", live.FIELDS)
def test_an_over_long_text_is_a_message(desk_of_ana, field):
    response = desk_of_ana.post(reverse("live-text"), {field: "a" * (MAX_BYTES + 1)})

    assert response.status_code == 413
    assert f"The {field} has 100001 bytes; at most 100000" in response.json()["message"]


@pytest.mark.parametrize("planted", ["\x00", "\u202e", "\ufeff"])
def test_a_sign_that_nobody_sees_is_a_problem_with_its_line(desk_of_ana, planted):
    response = desk_of_ana.post(reverse("live-text"), {"body": f"One.\n\nTwo{planted}."})

    assert response.status_code == 200
    (problem,) = (it for it in response.json()["problems"] if "U+" in it["message"])
    assert (problem["id"], problem["line"]) == ("id_body", 3)
    assert f"Invisible character U+{ord(planted):04X}" in problem["message"]


@pytest.mark.parametrize("form", [b"body=%ED%A0%80", b"body=%FF%FE", b"%00=1&body=-"])
def test_bytes_that_are_no_text_do_no_harm(desk_of_ana, form):
    kind = "application/x-www-form-urlencoded"

    assert desk_of_ana.post(reverse("live-text"), form, content_type=kind).status_code == 200


@pytest.mark.parametrize("failure", [ValueError("x"), RecursionError("x"), KeyError("x")])
def test_a_renderer_that_fails_costs_the_preview_and_not_the_text(
    desk_of_ana, monkeypatch, failure
):
    def fail(*_, **__):
        raise failure

    monkeypatch.setattr("explainer.evidence.pipeline.render", fail)
    response = desk_of_ana.post(reverse("live-text"), {"body": "Words."})

    assert response.status_code == 422
    assert response.json()["message"].startswith("The preview failed; your text is safe.")


@pytest.mark.parametrize(
    ("seconds", "waits"),
    [
        ((0, 0, 0, 0), [0, 0, 0, 10]),
        ((0, 1, 2, 3, 9.5), [0, 0, 0, 7, 1]),
        (range(21), [0, 0, 0, *range(7, 0, -1), 0, 0, 0, *range(7, 0, -1), 0]),
        (range(0, 240, 4), [0] * 60),
    ],
    ids=[
        "one too many waits for all of the spell",
        "one too many later waits for the rest of the spell",
        "who kept asking may go on when the spell is over",
        "who never pauses but never hastens is never stopped",
    ],
)
def test_haste_waits_and_steady_work_never_does(seconds, waits):
    begun, pace = datetime.now(UTC), Pace(most=3, seconds=10)
    cache.set("ann", 3)  # as an older program left it

    assert [pace.wait("ann", begun + timedelta(seconds=second)) for second in seconds] == waits
    assert pace.wait("bob", begun) == 0


@pytest.fixture
def claims():
    shelf.treatment()
    shelf.publish(shelf.claim_draft())
    shelf.publish(
        shelf.claim_draft("pain", statement="Needles hurt 50% of people.", bearing="warning")
    )
    shelf.claim_draft("new", statement="A new_claim about needles.", label="")


def keys(query, **more):
    return [found["key"] for found in search(query, **more)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("needles", ["t/new", "t/pain"]),
        ("NEEDLES people", ["t/pain"]),
        ("people needles", ["t/pain"]),
        ("needles nothing", []),
        ("t/ho", ["t/hope"]),
        ("pain", ["t/pain"]),
        ("%", ["t/pain"]),
        ("_", ["t/new"]),
        ('"', []),
        ("\\", []),
        ("\x00", ["t/hope", "t/new", "t/pain"]),
        ("ne\x00edles", ["t/new", "t/pain"]),
        ("", ["t/hope", "t/new", "t/pain"]),
        ("   ", ["t/hope", "t/new", "t/pain"]),
    ],
)
def test_every_word_must_occur_as_it_is_written(claims, query, found):
    assert keys(query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("clinic's own", ["t/said"]),
        ("clinic’s OWN", ["t/said"]),
        ('"natural"', ["t/said"]),
        ("“natural”", ["t/said"]),
        ("„natural“", ["t/said"]),
        ("non-invasive", ["t/said", "t/told"]),
        ("non‑invasive", ["t/said", "t/told"]),
        ("Non–Invasive", ["t/said", "t/told"]),
        ("ﬁrst", ["t/told"]),
        ("ÜBER", ["t/told"]),
    ],
)
def test_what_is_typed_is_folded_as_the_statements_are(query, found):
    shelf.treatment()
    shelf.claim_draft("said", statement='A clinic\'s own "natural" and non-invasive way.')
    shelf.claim_draft("told", statement="First über, then “other” and non\u2010invasive.")

    assert keys(query) == found


def test_a_claim_is_found_by_how_adverts_put_it_and_readers_never_see_that(client):
    shelf.treatment()
    shelf.publish(shelf.claim_draft("easy", heard=["no time off work"]))

    assert keys("time off") == ["t/easy"]
    assert "time off" not in client.get("/claims/t/easy/").content.decode()


def test_a_query_of_any_length_is_answered(claims):
    assert keys("needles " * 5_000) == ["t/new", "t/pain"]


def test_a_claim_is_listed_with_label_treatment_and_state(claims):
    hope, new, pain = search("")

    assert (hope["label"], hope["modifier"], hope["state"]) == (
        "Plausible",
        "plausible",
        "published",
    )
    assert (pain["label"], pain["modifier"]) == ("Plausible risk", "plausible-risk")
    assert pain["treatment"] == "t"
    assert (new["label"], new["modifier"], new["state"]) == ("No label yet", "", "draft")


def test_a_record_is_offered_beside_claims_with_the_name_of_its_mark(claims):
    shelf.draft(RECORD, "t/warning", **shelf.RECORD_FIELDS)

    (record,) = search("regulator")

    assert (record["key"], record["mark"], record["label"]) == ("t/warning", "record", "Record")
    assert {found["mark"] for found in search("needles")} == {"claim"}


def test_a_claim_is_listed_once_with_its_public_words(claims):
    shelf.claim_draft("hope", statement="The treatment may help much hair.")

    assert [found["statement"] for found in search("help")] == ["The treatment may help some hair."]
    assert [found["state"] for found in search("help much")] == ["draft"]


def test_what_is_no_longer_public_is_not_offered(claims):
    hope = shelf.document("claims/t/hope")
    publishing.withdraw(document=hope, actor=None, reason="Wrong.", now=shelf.NOON)

    assert keys("") == ["t/new", "t/pain"]


def test_a_treatment_narrows_the_list(claims):
    shelf.draft(TREATMENT, "u", name="Another")

    assert keys("", treatment="t") == ["t/hope", "t/new", "t/pain"]
    assert keys("", treatment="u") == keys("", treatment="\x00") == []


def test_no_more_than_twenty_are_listed_in_few_queries(claims, django_assert_num_queries):
    for number in range(MOST + 1):
        shelf.claim_draft(f"more{number}")

    with django_assert_num_queries(1):
        assert len(search("")) == MOST
    with django_assert_num_queries(2):
        assert len(search("more")) == MOST


def test_the_answer_is_json_for_the_picker(claims, admin_client):
    response = admin_client.get(reverse("live-claims"), {"q": "hurt", "treatment": "t"})

    assert response.json() == {
        "claims": [
            {
                "key": "t/pain",
                "mark": "claim",
                "name": "Pain",
                "statement": "Needles hurt 50% of people.",
                "label": "Plausible risk",
                "modifier": "plausible-risk",
                "treatment": "t",
                "state": "published",
            }
        ]
    }
