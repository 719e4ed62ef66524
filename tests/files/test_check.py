"""What an author is told: each rule of the evidence core at the line of the file."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.levels import Level
from explainer.evidence.pipeline import PartKind
from explainer.files.check import check
from tests.files.folders import (
    EYE_HARM,
    NOTES,
    SAFETY,
    SLOWS_LOSS,
    SMALL,
    TERM,
    TRIAL,
    fill,
    real_check,
    said,
)

CLAIM = "claims/red-light/slows-loss.md"
BOAST = "claims/red-light/all-hair-back.md"
HARM = "claims/red-light/eye-harm.md"
ARTICLE = "articles/red-light/safety.md"
OVERVIEW = "treatments/red-light.md"
PAGE = "pages/notes.md"
SOURCE = "sources/lamp-trial.md"
WORD = "glossary/lamp-head.md"


def changed(folder, path, good, bad):
    """Fill a folder with the invented files, of which one has other words."""
    assert good in SMALL[path]
    return fill(folder, {**SMALL, path: SMALL[path].replace(good, bad, 1)})


def told(folder, path):
    """Give what is said of one file."""
    return [line for line in said(check(folder).found) if line.startswith(f"{path}:")]


def test_a_right_folder_has_nothing_to_put_right(tmp_path):
    checked = check(fill(tmp_path, SMALL))

    assert said(checked.found) == []
    assert adjudicate(checked.context.claims["red-light/all-hair-back"]).level is Level.UNSUPPORTED
    assert checked.pages["red-light"].claims == ("red-light/slows-loss", "red-light/all-hair-back")
    assert checked.pages["notes"].words(PartKind.BACKGROUND) == 13


def test_the_content_that_ships_has_nothing_to_put_right():
    assert said(real_check().errors) == []


def test_a_sign_that_nobody_sees_is_told_once_and_hides_no_other_problem(tmp_path):
    folder = fill(tmp_path, {**SMALL, PAGE: f"{NOTES}\nA\tsoft\u00adhyphen.\n"})

    found = [line.split(": ", 1)[1] for line in said(check(folder).found)]

    assert [words.split(".")[0] for words in found] == [
        "There is a tab",
        "Invisible character U+00AD",
        'Untagged words: "A softhyphen',
    ]


WRONG = {
    "a verb that promises": (CLAIM, "might slow", "slows", 3, ""),
    "a marketing word in why":
        (CLAIM, "No large trial", "\n\nA breakthrough.", 21, "'breakthrough' is refused"),
    "a marketing word in a position": (CLAIM, "wakes up the hair", "is revolutionary", 16, ""),
    "a marketing word in an appraisal": (SOURCE, "A trial in", "A promising trial in", 11, ""),
    "a marketing word in a definition": (WORD, "that shines", "with a miracle", 6, ""),
    "a title that takes an effect as given":
        (ARTICLE, "Is red light safe?", "How red light regrows hair", 2, "as given"),
    "a title that asks and takes an effect as given":
        (ARTICLE, "Is red light safe?", "How does it regrow hair?", 2, "as given"),
    "a page's title that takes an effect as given":
        (PAGE, "Notes", "Why lamps regrow hair", 2, "as given"),
    "a treatment's name that takes an effect as given":
        (OVERVIEW, "name: Red light", "name: Hair regrows", 2, "as given"),
    "a missing reason":
        (BOAST, "reason: not-studied\n", "", 1,
         "The level is 'unsupported', so 'reason' is needed"),
    "a reason without need":
        (CLAIM, "product: lamp\n", "reason: not-studied\n", 7,
         "The level is 'plausible', so 'reason' does not apply"),
    "an override towards less caution":
        (HARM, "positions", "level: unsupported\nlevel_reason: No.\npositions", 7,
         "'unsupported' is less cautious"),
    "untagged words in a body":
        (ARTICLE, "::: reported", "Some loose words.\n\n::: reported", 9, ""),
    "untagged words in a short answer":
        (ARTICLE, '"[](claim:red-light/eye-harm)"', "Loose words.", 3, ""),
    "untagged words in a block of a short answer":
        (PAGE, 'summary: "[These notes say how the lamps were read.](background:)"',
         "summary: |-\n  [Lamps.](background:)\n\n  Loose. [These notes.](background:)", 6, ""),
    "a short answer that is not short":
        (PAGE, "were read.", "were read. " + "Lamps are lamps. " * 20, 3,
         "The short answer has 68 words. Keep it to 60"),
    "an unknown claim":
        (ARTICLE, "\n[](claim:red-light/eye-harm", "\n[](claim:red-light/eye-ham", 7,
         "There is no claim with the key 'red-light/eye-ham'. Did you mean"),
    "an unknown source of a practice": (ARTICLE, "reported lamp-shop", "reported lamp-shp", 9, ""),
    "an unknown source of a position":
        (CLAIM, "source: lamp-trial", "source: lamp-trail", 9,
         "'lamp-trail' is not in sources/. Did you mean 'lamp-trial'?"),
    "an unknown product":
        (CLAIM, "product: lamp", "product: lamb", 7,
         "'lamb' is not a product of 'red-light'. Did you mean 'lamp'?"),
    "an unknown product of a position":
        (CLAIM, "source: lamp-shop", "source: lamp-shop\n    product: comb", 14,
         "'comb' is not a product of 'red-light'."),
    "a source that speaks twice":
        (CLAIM, "source: lamp-shop", "source: lamp-trial", 13,
         "'lamp-trial' already takes a position on 'lamp'. Join the two."),
    "a borrowed position":
        (CLAIM, "source: lamp-shop", "source: lamp-shop\n    product: cap", 8,
         "'lamp-shop' speaks of 'cap', the claim of 'lamp'"),
    "a law as a claim": (CLAIM, "kind: effect", "kind: legal", 5, "'legal' is not one of"),
    "a finding that carries another label":
        (CLAIM, "finding: supports", "finding: no-effect", 11, "'lamp-trial' no-effect"),
    "a promise that is not marked":
        (BOAST, "*red light brings all hair back*", "red light brings all hair back", 3,
         "does not mark what is promised"),
    "a search without a day":
        (BOAST, "  date: 2026-11-20\n", "", 8, "Give the day and what was searched for"),
    "a search on no day":
        (BOAST, "date: 2026-11-20", "date: in May", 8, "Give the day and what was searched for"),
    "a name that is a sentence":
        (HARM, "name: Sore eyes", "name: Eyes can be sore for a day", 2, "at most 5 words"),
    "a twin that is not there":
        (CLAIM, "product: lamp\n", "product: lamp\ntwin: red-light/slow\n", 8,
         "There is no claim 'red-light/slow'"),
    "a twin with another label":
        (CLAIM, "product: lamp\n", "product: lamp\ntwin: red-light/all-hair-back\n", 8,
         "is labelled 'Unsupported', this 'Plausible'"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "good", "bad", "line", "words"), WRONG.values(), ids=WRONG)
def test_a_broken_rule_is_an_error_with_file_and_line(tmp_path, path, good, bad, line, words):
    errors = said(check(changed(tmp_path, path, good, bad)).errors)

    assert any(e.startswith(f"{path}:{line}: ") and words in e for e in errors), errors


BESIDE = {
    "a broken source": ({"sources/lamp-shop.md": "x"},
        f"{CLAIM}:13: 'lamp-shop' has problems in its own file."),
    "a claim of no treatment": ({"claims/red-lihgt/x.md": EYE_HARM},
        "claims/red-lihgt:1: There is no treatments/red-lihgt.md. Did you mean 'red-light'?"),
    "an article of no treatment": ({"articles/blue/safety.md": SAFETY},
        "articles/blue:1: There is no treatments/blue.md."),
    "a page with a treatment's address": ({"pages/red-light.md": NOTES},
        "pages/red-light.md:1: 'red-light' is a treatment's address."),
    "a word explained twice": ({"glossary/other.md": TERM.replace("lamp head", "LIGHT head", 1)},
        "glossary/other.md:2: The word 'LIGHT head' is also in 'lamp-head'."),
    "a statement made twice": ({"claims/red-light/again.md": SLOWS_LOSS},
        f"{CLAIM}:3: The statement 'Red light might slow hair loss in some people.' is also in"),
    "a name given twice": ({"claims/red-light/again.md": SLOWS_LOSS},
        f"{CLAIM}:2: The name 'Slower hair loss' is also in 'red-light/again'."),
    "a source listed twice": ({"sources/again.md": TRIAL},
        f"{SOURCE}:7: The DOI '10.1000/lamp' is also in 'again'."),
    "a ceiling": ({SOURCE: TRIAL.replace("kind: trial", "kind: series")},
        f"{CLAIM}:8: 'lamp-trial' is of kind 'series' and cannot make an effect"),
}  # fmt: skip


@pytest.mark.parametrize(("files", "error"), BESIDE.values(), ids=BESIDE)
def test_what_does_not_fit_another_file_is_an_error_with_file_and_line(tmp_path, files, error):
    errors = said(check(fill(tmp_path, {**SMALL, **files})).errors)

    assert any(found.startswith(error) for found in errors), errors


MARKETING = {
    "an article's title": (ARTICLE, "Is red light safe?", "A breakthrough", 2),
    "a page's title": (PAGE, "Notes", "Our miracle", 2),
    "a treatment's name": (OVERVIEW, "name: Red light", "name: Miracle light", 2),
    "another name": (OVERVIEW, "Laser cap", "Miracle cap", 4),
    "a product's name": (OVERVIEW, "A cap with", "A revolutionary cap with", 7),
    "a term": (WORD, "term: lamp head", "term: miracle head", 2),
    "another word for a term": (WORD, "light head", "miracle head", 4),
    "a word that markup would hide":
        (PAGE, "title: Notes", "title: '[x](https://ok.example/miracle)'", 2),
}  # fmt: skip


@pytest.mark.parametrize(("path", "good", "bad", "line"), MARKETING.values(), ids=MARKETING)
def test_a_marketing_word_in_a_name_is_an_error(tmp_path, path, good, bad, line):
    errors = told(changed(tmp_path, path, good, bad), path)

    assert [e.startswith(f"{path}:{line}: '") and "refused" in e for e in errors] == [True], errors


def test_a_definition_that_names_an_effect_of_a_treatment_is_an_error(tmp_path):
    folder = changed(tmp_path, WORD, "that shines.", "that shines.\n\nRed light regrows hair.")

    assert [line.split(" Background")[0] for line in told(folder, WORD)] == [
        f"{WORD}:8: 'Red light regrows hair.' joins 'red light' with the effect 'regrows'."
    ]


def test_a_source_is_quoted_with_its_own_title(tmp_path):
    title = "A miracle that regrows hair"

    assert told(changed(tmp_path, SOURCE, "A small trial of a lamp", title), SOURCE) == []


def test_a_source_that_nothing_uses_is_a_warning(tmp_path):
    files = {**SMALL, "sources/spare.md": TRIAL.replace("10.1000/lamp", "10.1000/spare")}

    checked = check(fill(tmp_path, files))

    assert (checked.errors, checked.unused_sources) == ((), ("spare",))
    assert said(checked.found) == [
        "sources/spare.md:1: warning: No claim and no text uses the source 'spare'. "
        "Use it or take it out."
    ]


def run(settings, folder, *arguments):
    settings.CONTENT_DIR = folder
    out = StringIO()
    try:
        call_command("check_content", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_the_command_prints_a_table_and_needs_no_database(settings, tmp_path):
    out, error = run(settings, fill(tmp_path / "content", SMALL))

    assert error == ""
    assert out.strip().split("\n") == [
        "files: all 9, sources 2, glossary 1, treatments 1, claims 3, records 0, articles 1, "
        "pages 1",
        "promises by level: plausible 1, under-investigation 0, unsupported 1",
        "promises by kind: mechanism 0, effect 2, harm 0, suitability 0, practice 0",
        "risks by level: plausible 1, under-investigation 0, unsupported 0",
        "risks by kind: mechanism 0, effect 0, harm 1, suitability 0, practice 0",
        "words by part: claim 61, record 0, background 13, reported 8, guidance 9, heading 9, "
        "question 0, untagged 0",
        "highest grade: red-light/safety 2.6",
        "problems: errors 0, warnings 0",
    ]


def test_the_command_prints_each_problem_and_fails(settings, tmp_path):
    folder = fill(tmp_path / "content", {**SMALL, CLAIM: "x\n", "readme.md": "x"})

    out, error = run(settings, folder)

    assert f"content/{CLAIM}:1: The first line is 'x'. Begin the file with '---'.\n" in out
    assert "content/readme.md:1: 'readme.md' is not one of" in out
    assert error.endswith("errors. Put them right and check again.")


@pytest.mark.parametrize("path", ["sources", "sources/lamp-trial.md"])
def test_paths_limit_what_is_printed_and_what_fails(settings, tmp_path, path):
    files = {**SMALL, "glossary/lamp-head.md": "x\n", "sources/lamp-trial.md": "x\n"}

    out, error = run(settings, fill(tmp_path / "content", files), path)

    assert "sources/lamp-trial.md:1:" in out
    assert "glossary/lamp-head.md" not in out
    assert error.startswith("1 errors.")


def test_the_report_tells_about_each_page(settings, tmp_path):
    out, _ = run(settings, fill(tmp_path / "content", SMALL), "--report")

    overview = out[out.index("treatments/red-light.md (red-light)") :].split("\n")[1:13]
    assert [line.strip().split(":")[0] for line in overview] == [
        "words", "grade", "longest sentence", "sentences over 25 words",
        "promises by level", "promises by kind", "risks by level", "risks by kind",
        "undefined medical terms",
        "claims without an independent source", "borrowed positions", "review",
    ]  # fmt: skip
    assert overview[9].endswith("source: 1 (red-light/all-hair-back)")
    assert "claims on no page: 0\nsources unused: 0\n" in out
