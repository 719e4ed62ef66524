"""What front matter may hold: each mistake is one problem with line, value and cure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.files.collection import File, read_file
from explainer.files.frontmatter import parse, write
from explainer.kinds import ARTICLE, BY_FOLDER, CLAIM, KINDS, SOURCE, TERM, TREATMENT
from explainer.kinds.problems import Places
from explainer.kinds.schema import read
from explainer.text.problems import Problem
from tests.files.folders import EYE_HARM, SELLER, SLOWS_LOSS, SMALL, TRIAL, real_check
from tests.files.folders import TREATMENT as LIGHT


def read_text(kind, text):
    entry, problems = read_file(File(kind, "key", "a.md", text.encode()))
    return entry.entry.fields if entry else {}, problems


def kind_of(path):
    return BY_FOLDER[path.partition("/")[0]]


@pytest.mark.parametrize(("path", "text"), SMALL.items(), ids=SMALL)
def test_a_right_file_has_no_problem_and_all_its_fields(path, text):
    fields, problems = read_text(kind_of(path), text)

    assert problems == []
    assert list(fields) == [field.name for field in kind_of(path).schema]


def test_a_field_that_is_left_out_has_the_value_that_says_nothing():
    fields, _ = read_text(CLAIM, SLOWS_LOSS)
    source, _ = read_text(SOURCE, SELLER)

    assert (fields["reason"], fields["ask"], fields["positions"][0]["product"]) == ("", "", "")
    assert (source["year"], source["authors"]) == (None, "")
    assert read_text(CLAIM, EYE_HARM)[0]["product"] == "any"


POSITIONS = EYE_HARM[EYE_HARM.index("\n  - source") : EYE_HARM.index("would_change")]

WRONG = {
    "an unknown field": (TRIAL, "seen:", "sen:", 9, "'sen' is not a field here. Did you mean"),
    "a missing field": (TRIAL, "seen: abstract\n", "", 1, "The field 'seen' is missing"),
    "an unknown word": (TRIAL, "kind: trial", "kind: trail", 4, "Did you mean 'trial'?"),
    "a word for a year": (TRIAL, "2020", '"2020"', 5, "'2020' is not a year"),
    "true for a year": (TRIAL, "2020", "true", 5, "true is not a year"),
    "a year to come": (TRIAL, "2020", "20200", 5, "20200 is not a year"),
    "a bare web address": (TRIAL, "https://trials", "trials", 6, "Begin with https://"),
    "half a web address": (TRIAL, "trials.example", "trials", 6, "is not a web address"),
    "a script as address": (TRIAL, "https://trials", "javascript:trials", 6, "https://"),
    "a DOI with address": (TRIAL, "10.1000/lamp", "https://doi.org/10.1/x", 7, "Write it bare"),
    "yes for true": (TRIAL, "ent: false", "ent: no", 8, "'no' is neither true nor false"),
    "a number for a text": (TRIAL, "A small trial of a lamp", "12", 2, "12 is not a text"),
    "an empty text": (TRIAL, "A small trial of a lamp", '""', 2, "'title' is missing"),
    "a source's title on two lines": (TRIAL, "A small trial of a lamp", "|-\n  A\n  B", 3,
                                      "on one line"),
    "a name on two lines": (LIGHT, "Red light", "|-\n  A\n  B", 3, "on one line"),
    "a second name on two lines": (LIGHT, "Laser cap", "|-\n    A\n    B", 5, "on one line"),
    "a product's name on two lines": (LIGHT, "A lamp held over the head", "|-\n    A\n    B",
                                      7, "on one line"),
    "a long text": (TRIAL, "A small trial", "A" * 501, 2, "Keep it to 500"),
    "no body": (SELLER, SELLER.split("---\n")[2], "", 7, "appraisal"),
    "a text for a list": (LIGHT, "also:\n  - Laser cap", "also: Laser cap", 3, "not a list"),
    "a number in a list": (LIGHT, "- Laser cap", "- 12", 4, "12 is not a text"),
    "a list of products": (LIGHT, "  lamp: A lamp held over the head\n  cap: A cap with lights "
                           "inside", "  - lamp", 5, "not a mapping"),
    "a product's key": (LIGHT, "  lamp:", "  Lamp:", 6, "'Lamp' is not a key"),
    "a word for a position": (EYE_HARM, POSITIONS, "\n  - x\n", 8, "Write source, level"),
    "a word for positions": (EYE_HARM, POSITIONS, " x\n", 7, "'positions': there is no entry"),
    "no positions": (EYE_HARM, POSITIONS, " []\n", 7, "'positions' is missing"),
    "a position's field": (EYE_HARM, "    says:", "    sais:", 11, "Did you mean 'says'?"),
    "a position's level": (EYE_HARM, "level: plausible", "level: proven", 9, "'proven' is not"),
    "a position's finding": (EYE_HARM, "finding: reports", "finding: report", 10, "Did you mean"),
    "a position's source": (EYE_HARM, "source: lamp-trial", "source: Lamp", 8, "right form"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "good", "bad", "line", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_field_is_a_problem_with_line_and_cure(text, good, bad, line, words):
    kind = {TRIAL: SOURCE, SELLER: SOURCE, LIGHT: TREATMENT}.get(text, CLAIM)
    assert good in text

    _, problems = read_text(kind, text.replace(good, bad, 1))

    assert any(p.line == line and words in p.message for p in problems), problems


@pytest.mark.parametrize(("kind", "field"), [(ARTICLE, "title"), (TERM, "term")])
def test_a_heading_and_a_term_stand_on_one_line(kind, field):
    _, problems = read_text(kind, f"---\n{field}: |-\n  A\n  B\nsummary: x\n---\nBody.\n")

    assert any(p.line == 3 and "on one line" in p.message for p in problems), problems


def test_a_pasted_monster_is_shown_shortened():
    _, problems = read_text(SOURCE, TRIAL.replace("kind: trial", f'kind: "{"x" * 9_000}"'))

    assert [len(problem.message) < 300 for problem in problems] == [True]


def test_characters_that_nobody_sees_are_named_by_field_and_line_all_at_once():
    words = "One\ttab.\nA soft\u00adhyphen.\nA line\u2028separator."
    places = Places()

    read(ARTICLE.schema, {"title": "A", "summary": words, "menu": "nowhere"}, places)

    found = {(p.code, p.field, p.line) for p in places.problems}
    assert found == {
        ("tab", "summary", 1),
        ("invisible-character", "summary", 2),
        ("invisible-character", "summary", 3),
        ("unknown-word", "menu", 0),
        ("missing", "body", 0),
    }


values = st.recursive(
    st.text(max_size=20) | st.integers() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["source", "level", "says", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
names = st.sampled_from(sorted({field.name for kind in KINDS for field in kind.schema}))


@given(st.sampled_from(KINDS), st.dictionaries(names, values, max_size=6))
def test_no_value_raises(kind, fields):
    places = Places()

    read(kind.schema, fields, places)

    assert all(isinstance(problem, Problem) for problem in places.problems)


def test_the_canonical_form_of_all_content_says_the_same():
    files = real_check().collection.entries.values()
    assert len(files) > 100

    for file in files:
        kind, fields = file.entry.kind, file.entry.fields
        assert read_text(kind, write(kind, fields)) == (fields, []), file.path


def test_the_canonical_form_of_a_canonical_file_is_itself():
    once = {path: canonical(kind_of(path), text) for path, text in SMALL.items()}

    assert once == {path: canonical(kind_of(path), text) for path, text in once.items()}
    assert once["claims/red-light/eye-harm.md"] != EYE_HARM


def canonical(kind, text):
    return write(kind, read_text(kind, text)[0])


VISIBLE = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
lines = st.text(VISIBLE, min_size=1, max_size=40)
texts = st.lists(lines, min_size=1, max_size=4).map("\n".join)


@given(lines.filter(str.strip).map(str.strip), texts.filter(str.strip).map(str.strip), texts)
def test_any_text_survives_the_canonical_form(title, summary, body):
    body = body.strip() or "x"
    fields = {"title": title, "menu": "footer", "summary": summary, "body": body}

    parsed, problems = parse(write(ARTICLE, fields).encode())

    assert parsed is not None, problems
    assert parsed.values == {"title": title, "summary": summary}
    assert parsed.body == body
