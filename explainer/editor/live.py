"""The answers that the writing surface asks for while somebody types: JSON, never a page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, JsonResponse
from django.middleware.csrf import get_token

from explainer.editor.fields import FormProblem, in_form
from explainer.editor.forms import form_for, with_fields
from explainer.editor.preview import checked
from explainer.editor.problems import about_drafts
from explainer.editor.wordings import STEP, going_along
from explainer.evidence.context import Context
from explainer.evidence.lint.run import LintReport, lint_text
from explainer.evidence.pipeline import Explanation, PartKind
from explainer.kinds import ARTICLE, SHOWN, Entry, comparison
from explainer.kinds.base import in_field, too_long
from explainer.library import brackets
from explainer.library.context import context_while_writing
from explainer.library.edition import of_this_moment
from explainer.library.models import OPEN, Revision, State
from explainer.library.pictures import with_drawings
from explainer.library.validation import coming
from explainer.search.proposals.walk import places_in, to_units
from explainer.staff.decorators import live, message
from explainer.staff.documents import SUBJECT, get_document
from explainer.text.jargon import undefined
from explainer.text.markdown import MAX_BYTES
from explainer.text.problems import Problem, Severity
from explainer.text.readability import GRADE_AIM, GRADE_LIMIT, WORDS_TO_MEASURE
from explainer.text.search_words import words_of
from explainer.web.search import finding

FAILED = "The preview failed; your text is safe. Go on writing, or save and try again."


@live("POST", FAILED)
def text(request: HttpRequest) -> JsonResponse:
    """Show `summary` and `body` as readers would see them, with everything to put right."""
    # Browsers send line ends as forms always did; lines are counted as the field shows them.
    sent = [field for field in FIELDS if field in request.POST]
    typed = {field: request.POST[field].replace("\r\n", "\n") for field in sent}
    if not typed:
        words = "Nothing to show: send the text as 'summary', 'body' or both."
        return message(HTTPStatus.BAD_REQUEST, words)
    for field, words in typed.items():
        size = len(words.encode(errors="replace"))
        if size > MAX_BYTES:
            refused = (
                f"The {field} has {size} bytes; at most {MAX_BYTES} can be shown. "
                "Your text is safe: split it before you save."
            )
            return message(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, refused)
    report = examine(typed, article=request.POST.get("article", ""))
    if (revision := _posted(request)) is not None:
        problems = _whole_form(request, revision)["problems"]
    else:
        found = going_along(map(_in_form, report.problems), request.POST.getlist(STEP))
        problems = [asdict(problem) for problem in found]
    return JsonResponse({**asdict(report), "problems": problems})


def _in_form(found: Problem) -> FormProblem:
    return in_form(found, ARTICLE, f"id_{found.field}", ARTICLE.field_label(found.field))


@live("GET")
def claims(request: HttpRequest) -> JsonResponse:
    """List claims and records by words of their name, statement or key, for the picker."""
    found = search(request.GET.get("q", ""), treatment=request.GET.get("treatment", ""))
    return JsonResponse({"claims": found})


@live("GET")
def token(request: HttpRequest) -> JsonResponse:
    """Give the form's token anew: logging in again in another tab has made the old one stale.

    Only this site's own pages can read the answer, as they can the form itself.
    """
    return JsonResponse({"token": get_token(request)})


SUMMARY, BODY = "summary", "body"
FIELDS = (SUMMARY, BODY)
"""The texts of a page, in its order."""


@dataclass(frozen=True, slots=True)
class UntaggedSentence:
    """A sentence without a part: `start` and `end` are places in the field, as scripts count."""

    field: str
    start: int
    end: int
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class TextReport:
    """Everything said of a text: `html` by field, `labels` counted by their words.

    `untagged` counts words, `sentences` are those that they stand in; `shown` says by mark, such
    as "claim:KEY", what the text prints there: a statement and its verdict.
    """

    html: Mapping[str, str]
    problems: tuple[Problem, ...]
    readability: Mapping[str, Any]
    labels: Mapping[str, int]
    untagged: int
    sentences: tuple[UntaggedSentence, ...]
    shown: Mapping[str, Mapping[str, str]]


def examine(typed: Mapping[str, str], *, article: str = "") -> TextReport:
    """Examine what was typed into `summary`, `body` or both.

    `article` is the page's key; the comparison has rules of its own. A claim or record that is
    still a draft is shown as it would be, with a warning.
    """
    drafts = coming()
    with of_this_moment():
        context = context_while_writing(drafts)
    whole = Entry(ARTICLE, article, {SUMMARY: "", BODY: "", **typed})
    explained = ARTICLE.explain(whole, context)
    pages = {field: explained[field] for field in typed}
    about = ARTICLE.about(article)
    reports = {
        field: lint_text(text, context, about=about, page=pages[field])
        for field, text in typed.items()
    }
    found = brackets.waiting([*_problems(reports, article)], severity=Severity.WARNING)
    problems = [*about_drafts(found, typed, drafts, context)]
    problems.sort(key=lambda problem: (problem.field != SUMMARY, problem.line))
    shown = {claim.claim.key: claim for page in pages.values() for claim in page.claims}
    labels = (claim.label.word for claim in shown.values())
    return TextReport(
        html={field: with_drawings(page.html) for field, page in pages.items()},
        problems=tuple(problems),
        readability=_reading(reports, context),
        labels=dict(Counter(labels)),
        untagged=sum(page.words.get(PartKind.UNTAGGED, 0) for page in pages.values()),
        sentences=tuple(_untagged(typed)),
        shown=dict(_shown(pages.values())),
    )


def _untagged(typed: Mapping[str, str]) -> Iterator[UntaggedSentence]:
    # One that is written with entities has no place; the list of problems has it all the same.
    for place in (it for it in places_in(typed) if it.sentence.is_placed):
        text, one = typed[place.text], place.sentence
        span = to_units(text, one.start), to_units(text, one.end)
        yield UntaggedSentence(place.text, *span, one.line, one.words)


def _shown(pages: Iterable[Explanation]) -> Iterator[tuple[str, dict[str, str]]]:
    for page in pages:
        for one in page.claims:
            words = {"statement": one.claim.statement, "modifier": one.label.modifier}
            yield f"claim:{one.claim.key}", {**words, "label": one.label.line}
        for record in page.records:
            words = {"statement": record.statement, "modifier": ""}
            yield f"record:{record.key}", {**words, "label": record.mark}


def _problems(reports: Mapping[str, LintReport], article: str) -> Iterator[Problem]:
    for field, report in reports.items():
        yield from in_field(field, report.problems)
        if field == SUMMARY:
            yield from in_field(field, too_long(sum(report.explanation.words.values())))
        elif article == comparison.PAGE:
            yield from in_field(field, comparison.read(report.explanation).problems)


def _reading(reports: Mapping[str, LintReport], context: Context) -> dict[str, Any]:
    """Measure the body, as the checks do; the summary only if it stands alone.

    `measured` is False for too few words to judge their grade.
    """
    main = (reports.get(BODY) or reports[SUMMARY]).readability
    blocks = (block for report in reports.values() for block in report.explanation.blocks)
    return {
        "grade": main.grade,
        "aim": GRADE_AIM,
        "limit": GRADE_LIMIT,
        "measured": main.words >= WORDS_TO_MEASURE,
        "words": sum(report.readability.words for report in reports.values()),
        "longest": _longest(reports),
        "hardest": main.hardest,
        "undefined": undefined((block.text for block in blocks), context.term_words),
    }


def _longest(reports: Mapping[str, LintReport]) -> list[dict[str, Any]]:
    """Give the sentences over the aim, longest first; the longest one if none is."""
    read = {field: report.readability for field, report in reports.items()}
    found = [(field, sentence) for field, each in read.items() for sentence in each.long]
    any_length = [(field, each.longest) for field, each in read.items() if each.longest]
    placed = sorted(found or any_length, key=lambda pair: -pair[1].words)
    return [{"field": field, **asdict(each)} for field, each in placed[: len(found) or 1]]


MOST = 20
"""Claims and records in one answer."""
LONGEST_QUERY = 200
"""Characters of a query that are read."""
MOST_WORDS = 8
"""Words of a query that are looked for; each costs a comparison for every claim."""
NO_LABEL = "No label yet"
WORDS_OF_IT = KT("fields__name"), KT("fields__statement"), KT("fields__heard")


def search(query: str, *, treatment: str = "") -> list[dict[str, str]]:
    """Give up to 20 claims and records with every word of a query in their words or key.

    The words are name, statement and how adverts put it. A published revision stands for its
    document; an open one only where no published one matches. An empty query lists the first
    that there are.
    """
    revisions = Revision.objects.of(*SHOWN).filter(state__in=(State.PUBLISHED, *OPEN))
    if treatment:
        # A NUL is in no key, and PostgreSQL refuses it.
        revisions = revisions.filter(document__treatment__key=treatment.replace("\x00", " "))
    words, columns = words_of(query[:LONGEST_QUERY])[:MOST_WORDS], ("document__key", *WORDS_OF_IT)
    # A published revision is older than its open successor.
    rows = finding(revisions, words, columns).order_by("document__key", "number")
    first: dict[int, Revision] = {}
    for row in rows.select_related("document")[: 2 * MOST]:
        first.setdefault(row.document_id, row)
    return [_found(revision) for revision in list(first.values())[:MOST]]


def _found(revision: Revision) -> dict[str, str]:
    """Say what the picker lists: `mark` is how a text names it, `modifier` the label's shape."""
    key, kind, label = revision.document.key, revision.document.kind, revision.label
    unlabelled = NO_LABEL if kind.is_assessed else kind.label
    state = "published" if revision.state == State.PUBLISHED else "draft"
    return {
        "key": key,
        "mark": kind.name,
        "name": revision.fields.get("name", ""),
        "statement": revision.title,
        "label": label.word if label else unlabelled,
        "modifier": label.modifier if label else "",
        "treatment": key.partition("/")[0],
        "state": state,
    }


NO_OUTLOOK = "The label could not be worked out; your text is safe. Go on writing, or save."


@live("POST", NO_OUTLOOK)
def claim(request: HttpRequest) -> JsonResponse:
    """Say of a posted claim form what saving it would say; stores nothing.

    `subject` names the claim. What cannot be stored comes first among the problems, and nothing
    is worked out until it is mended.
    """
    revision = _posted(request)
    if revision is None:
        return message(HTTPStatus.NOT_FOUND, "This claim is not there any more.")
    if not revision.document.kind.is_assessed:
        words = f"'{revision.document.subject}' is not a claim."
        return message(HTTPStatus.BAD_REQUEST, words)
    found = _whole_form(request, revision)
    return JsonResponse({**found.get("outlook", {}), "problems": found["problems"]})


def _posted(request: HttpRequest) -> Revision | None:
    """Give the newest revision of the document whose form was posted; None if it is not there."""
    name = request.POST.get("subject", "")
    try:
        # A name that is no subject, such as one with a NUL, never reaches the database.
        return get_document(name).newest if re.fullmatch(SUBJECT, name) else None
    except Http404:
        return None


def _whole_form(request: HttpRequest, revision: Revision) -> dict[str, Any]:
    """Check a posted form as saving does; `outlook` is there only if it could be stored."""
    form = form_for(revision.document, request.POST)
    if not form.is_valid():
        return {"problems": [asdict(found) for found in form.refusals]}
    typed, steps = with_fields(revision, form.document_fields), request.POST.getlist(STEP)
    found = checked(typed, form, steps)
    outlook = {"outlook": found["outlook"]} if found["outlook"] else {}
    return {"problems": [asdict(problem) for problem in found["problems"]], **outlook}
