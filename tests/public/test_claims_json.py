"""The claims as JSON: whole, labelled, true to their schema, open to every site."""

import json
from enum import StrEnum

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from explainer.evidence import levels
from explainer.public.labels import WHOLE_SCALE
from explainer.public.machine.claims_json import GONE
from tests.library import shelf
from tests.public import newsroom, shop

pytestmark = pytest.mark.usefixtures("site")

EVERY, ONE, SCHEMA = "/claims.json", "/claims/t/hope.json", "/claims.schema.json"
SAID = "Clinics say *it regrows hair*, but nobody we found has tested it."


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return json.loads(answer.content)


def faults(client, document):
    validator = Draft202012Validator(read(client, SCHEMA), format_checker=FormatChecker())
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(document)]


def test_a_claim_is_told_whole(client, settings):
    told = read(client, ONE)

    assert told["version"] == "1"
    assert told["$schema"] == f"{settings.SITE_URL}{SCHEMA}"
    assert told["key"] == "t/hope"
    assert told["label"] == {
        "word": "Plausible",
        "bearing": "promise",
        "level": "plausible",
        "line": "Plausible, in theory only.",
        "ground": "theory",
        "ground_words": "in theory only",
        "explanation": told["label"]["explanation"],
    }
    assert told["quote"] == f"{told['statement']} (Plausible, in theory only.)"
    assert told["treatment"] == {"key": "t", "name": "The treatment"}
    (position,) = told["positions"]
    assert (position["source"], position["title"]) == ("clinic-a", "A clinic")
    assert told["sources"] == ["clinic-a"]
    assert told["url"] == f"{settings.SITE_URL}/claims/t/hope/"
    assert client.get("/claims/t/hope.md").status_code == 200
    assert told["licence"]["name"] == "MIT"


def test_words_that_somebody_else_says_are_marked(client):
    shop.claim("said", statement=SAID, **shop.VAIN)

    told = read(client, "/claims/t/said.json")

    assert told["statement"] == SAID.replace("*", "")
    assert [part["text"] for part in told["statement_parts"] if part["said"]] == ["it regrows hair"]
    assert told["label"]["line"] == "This promise: unsupported, not tested."


def test_the_history_tells_each_label_and_the_one_before(client):
    newsroom.changed("claims/t/hope", note="A trial failed.", **newsroom.doubted())

    newest, first = read(client, ONE)["history"]

    assert (newest["before"], first["before"]) == ("Plausible, in theory only.", None)
    assert newest["after"].startswith("Still under investigation")
    assert (newest["event"], newest["reason"]) == ("Label changed", "A trial failed.")


def test_the_list_holds_every_published_claim_and_nothing_else(client):
    shop.claim("more")
    shelf.claim_draft("draft")
    shop.claim("gone")
    shop.withdraw("claims/t/gone")

    told = read(client, EVERY)

    assert [claim["key"] for claim in told["claims"]] == ["t/hope", "t/more"]
    alone = read(client, ONE)
    assert all(alone[name] == words for name, words in told["claims"][0].items())


def test_a_withdrawn_claim_says_so_and_no_more(client):
    shop.withdraw("claims/t/hope", "The study was taken back.")

    told = read(client, ONE)

    assert (told["label"]["word"], told["withdrawn"]) == ("Withdrawn", "The study was taken back.")
    assert told["quote"].endswith(" (Withdrawn.)")
    assert (told["positions"], told["sources"]) == ([], [])
    gone = (*GONE, "level", "ground", "ground_words")
    assert [name for name in gone if (told | told["label"])[name] is not None] == []
    assert faults(client, told) == []


def test_every_document_fits_the_schema_and_the_schema_is_one(client):
    shop.claim("said", statement=SAID, **shop.VAIN)
    looked = {"looked": {"date": "2026-01-02", "for": "trials"}}
    shop.claim("looked", **looked)

    Draft202012Validator.check_schema(read(client, SCHEMA))
    assert faults(client, read(client, EVERY)) == []
    assert faults(client, read(client, ONE)) == []


@pytest.mark.parametrize("name", ["label", "quote", "statement", "positions", "history"])
def test_the_schema_refuses_a_claim_without_what_makes_it_honest(client, name):
    every, one = read(client, EVERY), read(client, ONE)
    del every["claims"][0][name], one[name]

    assert faults(client, every) != []
    assert faults(client, one) != []
    assert faults(client, {**read(client, ONE), "grade": 9}) != []


def test_the_schema_knows_the_words_of_the_method_and_no_other(client):
    defined = read(client, SCHEMA)["$defs"]

    def values(kind: type[StrEnum]) -> set[str]:
        return {member.value for member in kind}

    assert set(defined["level"]["enum"]) == values(levels.Level)
    assert set(defined["finding"]["enum"]) == values(levels.Finding)
    assert set(defined["ground"]["enum"]) == values(levels.Ground) | {None}
    position, label = defined["position"]["properties"], defined["label"]["properties"]
    assert set(position["kind"]["enum"]) == values(levels.SourceKind)
    assert set(label["bearing"]["enum"]) == values(levels.Bearing)
    assert set(label["word"]["enum"]) == {label.word for label in WHOLE_SCALE}


@pytest.mark.parametrize("address", [EVERY, ONE, SCHEMA])
def test_scripts_of_any_site_may_read_it_and_an_unchanged_answer_is_not_sent_twice(client, address):
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    for answer in (first, again):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not first.cookies
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [EVERY, ONE])
def test_what_changed_since_is_told_by_its_time_too(client, address):
    first = client.get(address)
    since = {"If-Modified-Since": first["Last-Modified"]}

    assert client.get(address, headers=since).status_code == 304
    newsroom.changed("claims/t/hope", **newsroom.doubted())
    assert client.get(address, headers=since).status_code == 200


def test_a_claim_that_is_not_there_has_no_json(client):
    shelf.claim_draft("draft")

    assert client.get("/claims/t/none.json").status_code == 404
    assert client.get("/claims/t/draft.json").status_code == 404


def test_a_sellers_word_for_a_promise_has_no_label_of_its_own(client):
    shop.source("second")
    both = [shelf.position("unsupported", source="second"), shelf.position()]
    shop.claim("sold", reason="not-studied", positions=both)

    told = {it["source"]: it for it in read(client, "/claims/t/sold.json")["positions"]}

    assert (told["clinic-a"]["level"], told["second"]["level"]) == (None, "unsupported")
    assert (told["clinic-a"]["decides"], told["second"]["decides"]) == (False, True)
