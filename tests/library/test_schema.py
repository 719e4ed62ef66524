"""What front matter may hold: each mistake is one problem with line, value and cure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.evidence.levels import Level, SourceKind
from explainer.evidence.problems import Problem
from explainer.files.frontmatter import Document, parse
from explainer.files.serialise import rewrite, write
from explainer.library.schema import FIELDS, Part, read_fields
from tests.files.folders import EYE_HARM, SELLER, SLOWS_LOSS, SMALL, TREATMENT, TRIAL, real_check


def read(part: Part, text: str):
    document = parse(text.encode())
    assert isinstance(document, Document), document
    return read_fields(part, document)


def part_of(path: str) -> Part:
    return Part(path.partition("/")[0])


@pytest.mark.parametrize(("path", "text"), SMALL.items(), ids=SMALL)
def test_a_right_file_has_no_problem_and_all_its_fields(path, text):
    values, problems = read(part_of(path), text)

    assert problems == ()
    assert list(values) == [field.name for field in FIELDS[part_of(path)]]


def test_words_of_a_closed_vocabulary_become_its_members():
    source, _ = read(Part.SOURCES, TRIAL)
    claim, _ = read(Part.CLAIMS, SLOWS_LOSS)

    assert source["kind"] is SourceKind.TRIAL
    assert claim["positions"][0]["level"] is Level.PLAUSIBLE


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
    "an empty text": (TRIAL, "A small trial of a lamp", '""', 2, "empty"),
    "a source's title on two lines": (TRIAL, "A small trial of a lamp", "|-\n  A\n  B", 3,
                                      "on one line"),
    "a name on two lines": (TREATMENT, "Red light", "|-\n  A\n  B", 3, "on one line"),
    "a second name on two lines": (TREATMENT, "Laser cap", "|-\n    A\n    B", 5, "on one line"),
    "a product's name on two lines": (TREATMENT, "A lamp held over the head", "|-\n    A\n    B",
                                      7, "on one line"),
    "a long text": (TRIAL, "A small trial", "A" * 501, 2, "Keep it to 500"),
    "no body": (SELLER, SELLER.split("---\n")[2], "", 7, "appraisal"),
    "a text for a list": (TREATMENT, "also:\n  - Laser cap", "also: Laser cap", 3, "not a list"),
    "a number in a list": (TREATMENT, "- Laser cap", "- 12", 4, "12 is not a text"),
    "a list of products": (TREATMENT, "  lamp: A lamp held over the head\n  cap: A cap with lights "
                           "inside", "  - lamp", 5, "not a mapping"),
    "a product's key": (TREATMENT, "  lamp:", "  Lamp:", 6, "'Lamp' is not a key"),
    "a word for a position": (EYE_HARM, POSITIONS, "\n  - x\n", 7, "Write source, level"),
    "a word for positions": (EYE_HARM, POSITIONS, " x\n", 6, "'positions': there is no entry"),
    "no positions": (EYE_HARM, POSITIONS, " []\n", 6, "'positions': there is no entry"),
    "a position's field": (EYE_HARM, "    says:", "    sais:", 9, "Did you mean 'says'?"),
    "a position's level": (EYE_HARM, "level: plausible", "level: proven", 8, "'proven' is not"),
    "a position's source": (EYE_HARM, "source: lamp-trial", "source: Lamp", 7, "right form"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "good", "bad", "line", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_field_is_a_problem_with_line_and_cure(text, good, bad, line, words):
    part = {TRIAL: Part.SOURCES, SELLER: Part.SOURCES, TREATMENT: Part.TREATMENTS}.get(
        text, Part.CLAIMS
    )
    assert good in text

    _, problems = read(part, text.replace(good, bad, 1))

    assert any(p.line == line and words in p.message for p in problems), problems


@pytest.mark.parametrize(
    ("part", "field"), [(Part.ARTICLES, "title"), (Part.PAGES, "title"), (Part.GLOSSARY, "term")]
)
def test_a_heading_and_a_term_stand_on_one_line(part, field):
    _, problems = read(part, f"---\n{field}: |-\n  A\n  B\nsummary: x\n---\nBody.\n")

    assert any(p.line == 3 and "on one line" in p.message for p in problems), problems


def test_a_pasted_monster_is_shown_shortened():
    _, problems = read(Part.SOURCES, TRIAL.replace("kind: trial", f'kind: "{"x" * 9_000}"'))

    assert [len(problem.message) < 300 for problem in problems] == [True]


values = st.recursive(
    st.text(max_size=20) | st.integers() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["source", "level", "says", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
names = st.sampled_from(sorted({field.name for part in Part for field in FIELDS[part]}))


@given(st.sampled_from(Part), st.dictionaries(names, values, max_size=6))
def test_no_value_raises(part, fields):
    _, problems = read_fields(part, Document(fields, {}, "Body", 1, ""))

    assert all(isinstance(problem, Problem) for problem in problems)


def test_the_canonical_form_of_all_content_says_the_same():
    content = real_check().content
    every = [record for part in Part for record in getattr(content, part).values()]
    assert len(every) > 100

    for record in every:
        part, before = part_of(record.origin.path), parse(record.origin.text.encode())
        values, _ = read_fields(part, before)
        after = parse(write(part, values, before.body).encode())
        assert read_fields(part, after) == (values, ()), record.origin.path
        assert after.body == before.body


def test_the_canonical_form_of_a_canonical_file_is_itself():
    once = {path: rewrite(part_of(path), text) for path, text in SMALL.items()}

    assert once == {path: rewrite(part_of(path), text) for path, text in once.items()}
    assert once["claims/red-light/eye-harm.md"] != EYE_HARM


VISIBLE = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
lines = st.text(VISIBLE, min_size=1, max_size=40)
texts = st.lists(lines, min_size=1, max_size=4).map("\n".join)


@given(lines.filter(str.strip).map(str.strip), texts.filter(str.strip).map(str.strip), texts)
def test_any_text_survives_the_canonical_form(title, summary, body):
    body = body.strip() or "x"

    document = parse(write(Part.PAGES, {"title": title, "summary": summary}, body).encode())

    assert isinstance(document, Document), document
    assert document.fields == {"title": title, "summary": summary}
    assert document.body == body
