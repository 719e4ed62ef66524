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
    ALL_HAIR_BACK,
    EYE_HARM,
    NOTES,
    SAFETY,
    SLOWS_LOSS,
    SMALL,
    TERM,
    TREATMENT,
    TRIAL,
    fill,
    real_check,
    said,
)

CLAIM = "claims/red-light/slows-loss.md"
BOAST = "claims/red-light/all-hair-back.md"
HARM = "claims/red-light/eye-harm.md"
ARTICLE = "articles/red-light/safety.md"


def test_a_right_folder_has_nothing_to_put_right(tmp_path):
    checked = check(fill(tmp_path, SMALL))

    assert said(checked.found) == []
    assert adjudicate(checked.context.claims["red-light/all-hair-back"]).level is Level.UNSUPPORTED
    assert checked.pages["red-light"].claims == ("red-light/slows-loss", "red-light/all-hair-back")
    assert checked.pages["notes"].words(PartKind.BACKGROUND) == 13


def test_the_content_that_ships_has_nothing_to_put_right():
    assert said(real_check().errors) == []


WRONG = {
    "a verb that promises": (
        {CLAIM: SLOWS_LOSS.replace("might slow", "slows")},
        f"{CLAIM}:2:",
    ),
    "a marketing word in why": (
        {CLAIM: SLOWS_LOSS.replace("No large trial", "\n\nA breakthrough.")},
        f"{CLAIM}:18: 'breakthrough' is refused",
    ),
    "a title that takes an effect as given": (
        {ARTICLE: SAFETY.replace("Is red light safe?", "How red light regrows hair")},
        f"{ARTICLE}:2:",
    ),
    "a marketing word in a treatment's name": (
        {"treatments/red-light.md": TREATMENT.replace("name: Red", "name: Miracle red")},
        "treatments/red-light.md:2: 'Miracle' is refused",
    ),
    "a marketing word in a position": (
        {CLAIM: SLOWS_LOSS.replace("wakes up the hair", "is revolutionary")},
        f"{CLAIM}:13:",
    ),
    "a marketing word in an appraisal": (
        {"sources/lamp-trial.md": TRIAL.replace("A trial in", "A promising trial in")},
        "sources/lamp-trial.md:11:",
    ),
    "a marketing word in a definition": (
        {"glossary/lamp-head.md": TERM.replace("that shines", "with a miracle")},
        "glossary/lamp-head.md:6:",
    ),
    "a missing reason": (
        {BOAST: ALL_HAIR_BACK.replace("reason: not-studied\n", "")},
        f"{BOAST}:1: The level is 'unsupported', so 'reason' is needed",
    ),
    "a reason without need": (
        {CLAIM: SLOWS_LOSS.replace("product: lamp\n", "reason: not-studied\n")},
        f"{CLAIM}:6: The level is 'plausible', so 'reason' does not apply",
    ),
    "an override towards less caution": (
        {HARM: EYE_HARM.replace("positions", "level: unsupported\nlevel_reason: No.\npositions")},
        f"{HARM}:6: 'unsupported' is less cautious",
    ),
    "untagged words in a body": (
        {ARTICLE: SAFETY.replace("::: practice", "Some loose words.\n\n::: practice")},
        f"{ARTICLE}:9:",
    ),
    "untagged words in a short answer": (
        {ARTICLE: SAFETY.replace('"[](claim:red-light/eye-harm)"', "Loose words.")},
        f"{ARTICLE}:3:",
    ),
    "untagged words in a block of a short answer": (
        {"pages/notes.md": NOTES.replace(
            'summary: "[These', "summary: |-\n  [Lamps.](background:)\n\n  Loose. [These"
        ).replace('background:)"', "background:)")},
        "pages/notes.md:6:",
    ),
    "an unknown claim": (
        {ARTICLE: SAFETY.replace("\n[](claim:red-light/eye-harm", "\n[](claim:red-light/eye-ham")},
        f"{ARTICLE}:7: There is no claim with the key 'red-light/eye-ham'. Did you mean",
    ),
    "an unknown source of a practice": (
        {ARTICLE: SAFETY.replace("practice lamp-shop", "practice lamp-shp")},
        f"{ARTICLE}:9:",
    ),
    "a short answer that is not short": (
        {"pages/notes.md": NOTES.replace("were read.", "were read. " + "Lamps are lamps. " * 20)},
        "pages/notes.md:3: The short answer has 68 words. Keep it to 60",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "line"), WRONG.values(), ids=WRONG)
def test_a_broken_rule_is_an_error_with_file_and_line(tmp_path, changed, line):
    errors = said(check(fill(tmp_path, {**SMALL, **changed})).errors)

    assert any(error.startswith(line) for error in errors), errors


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
        "claims by level: plausible 2, under-investigation 0, unsupported 1",
        "claims by bearing: promise 2, warning 1",
        "claims by kind: mechanism 0, effect 2, harm 1, suitability 0, practice 0, legal 0",
        "words by part: claim 60, background 13, practice 8, guidance 9, heading 9, question 0, "
        "untagged 0",
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

    overview = out[out.index("treatments/red-light.md (red-light)") :].split("\n")[1:12]
    assert [line.strip().split(":")[0] for line in overview] == [
        "words", "grade", "longest sentence", "sentences over 25 words", "claims by level",
        "claims by bearing", "claims by kind", "undefined medical terms",
        "claims without an independent source", "borrowed positions", "review",
    ]  # fmt: skip
    assert overview[8].endswith("source: 1 (red-light/all-hair-back)")
    assert "claims on no page: 0\nsources unused: 0\n" in out
