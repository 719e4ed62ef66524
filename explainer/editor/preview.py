"""A revision as staff read it, and what a claim's draft would do to its label and for readers.

Works on revisions in memory and stores nothing. The label is the one that saving gives; a
label whose reason is still missing is shown with what it waits for. All is said in sentences,
once for the page and for the script that keeps it up to date.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from explainer.editor import impact, wordings
from explainer.editor.fields import worded
from explainer.editor.forms import DocumentForm
from explainer.editor.problems import about_drafts
from explainer.evidence.adjudicate import Verdict, adjudicate
from explainer.evidence.claims import Claim
from explainer.evidence.context import Context
from explainer.evidence.labels import SCALE, Label, label_of
from explainer.evidence.levels import Reason
from explainer.evidence.lint.run import lint_text
from explainer.kinds.schema import Entries, is_empty
from explainer.library import rendering
from explainer.library.context import context_while_writing, public_context
from explainer.library.edition import of_this_moment
from explainer.library.models import Revision
from explainer.library.validation import all_problems, coming
from explainer.text.jargon import undefined
from explainer.text.problems import Refused
from explainer.text.readability import GRADE_AIM, GRADE_LIMIT, WORDS_TO_MEASURE

NOT_YET = (
    "The label can be worked out once it is chosen what the claim is about and which way it pulls, "
    "and every position has a source, a label going by it alone, and what it says."
)
MOST_TITLES = 3
"""Deciding sources that are named; of more their number is."""


def checked(revision: Revision, form: DocumentForm, steps: Iterable[str] = ()) -> dict[str, Any]:
    """Say everything that is wrong with a revision, stored or not, and what it would do.

    The problems are shown at the fields of its form; `outlook` is there for a claim alone. `steps`
    are words that saving will add to claims.
    """
    drafts = coming()
    with of_this_moment():
        context = context_while_writing(drafts)
    kind, fields = revision.document.kind, revision.entry.fields
    problems = [problem for _, problem in all_problems([revision], context=context)]
    form.show(about_drafts(problems, {name: fields[name] for name in kind.texts}, drafts, context))
    form.problems = wordings.going_along(form.problems, steps)
    is_assessed = revision.document.kind.is_assessed
    outlook = label_preview(revision, context) if is_assessed else None
    return {"problems": form.problems, "outlook": outlook, "checked": True}


def label_preview(revision: Revision, context: Context) -> dict[str, Any]:
    """Say what a revision of a claim would do if it were published as it is, beside its problems.

    `label` is its whole line as readers see it, empty for none yet, and `modifier` names its
    shape; `waits_for` says what is missing or wrong before it can stand, `decision` which
    positions decide it.
    """
    claim, verdict, waits_for = _judge(revision, context)
    label = label_of(claim, verdict) if claim and verdict else None
    pages = pages_showing(revision)
    return {
        "label": label.line if label else "",
        "modifier": label.modifier if label else "",
        "explanation": label.explanation if label else "",
        "waits_for": waits_for,
        "decision": _decision(claim, verdict) if claim and verdict else "",
        "effects": list(_effects(revision, label, len(pages))),
        "pages": pages,
        "reading": list(_reading(revision, context)),
    }


def pages_showing(claim: Revision) -> list[dict[str, str]]:
    """Give title and subject of the public pages that show a claim, in one query."""
    return [
        {"title": page.title, "subject": page.subject} for page in impact.pages_showing([claim])
    ]


def _judge(revision: Revision, context: Context) -> tuple[Claim | None, Verdict | None, str]:
    try:
        claim: Claim = revision.document.kind.noun(revision.entry, context)
    except Refused as refused:
        return None, None, worded(refused)
    except ValueError:
        return None, None, NOT_YET
    try:
        return claim, adjudicate(claim), ""
    except Refused as refused:
        if refused.field != "reason":
            return claim, None, worded(refused)
        # The level is sure; only what goes with it is missing.
        reason = None if claim.reason else Reason.NOT_STUDIED
        return claim, adjudicate(replace(claim, reason=reason)), worded(refused)


def _decision(claim: Claim, verdict: Verdict) -> str:
    titles = dict.fromkeys(f"“{position.source.title}”" for position in verdict.deciding)
    by = ", ".join(titles)
    if len(titles) > MOST_TITLES:
        by = f"{len(titles)} of {len(claim.positions)} positions"
    if verdict.overridden:
        without = Label(verdict.adjudicated, claim.bearing).word
        by = f"You chose more caution than the positions give (“{without}”)."
        return f"{verdict.agreement.words} {by}"
    if not titles:
        return label_of(claim, verdict).by_rule
    return f"{verdict.agreement.words} Decided by {by}."


def _effects(revision: Revision, label: Label | None, pages: int) -> Iterator[str]:
    public = revision.document.live
    if public is None:
        yield "The claim is not public yet. No page shows it until it is published."
        return
    where = f"{pages} page{'s' if pages != 1 else ''}" if pages else "The claim's own page"
    before = public.label
    if label and before and label.differs(before):
        yield f"{where} will show {_quoted(label)} instead of {_quoted(before)}."
    elif label:
        yield f"The label stays {_quoted(label)}."
    if revision.fields["statement"] != public.fields["statement"]:
        rest = "where the link has no words of its own" if pages else "and so will the register"
        yield f"{where} will show the new sentence, {rest}."


def _quoted(label: Label) -> str:
    return f"“{label.line.rstrip('.')}”"


def _reading(revision: Revision, context: Context) -> Iterator[str]:
    """Say how hard the statement and its reason are, and which words make them so."""
    texts = {name: revision.fields[name] for name in ("statement", "why")}
    for name, text in texts.items():
        found = lint_text(text, context).readability
        said = f"{revision.document.kind.field_label(name)}: {found.words} words"
        if found.words >= WORDS_TO_MEASURE:
            said += f", grade {found.grade} (aim at {GRADE_AIM}, at most {GRADE_LIMIT})"
        hardest = f" Hardest words: {', '.join(found.hardest)}." if found.hardest else ""
        yield f"{said}.{hardest}"
    if unknown := undefined(texts.values(), context.term_words):
        yield f"Medical words that the glossary does not explain: {', '.join(unknown)}."


MEANINGS = [(label.word, label.explanation) for label in SCALE]
"""Every label there is with what it means to a reader, promises first."""


def preview(revision: Revision, prefix: str = "shown-") -> dict[str, Any]:
    """Render a revision, stored or not; `prefix` keeps its ids apart.

    At most one of `claim` and `page` is there; `facts` and `texts` are the rest.
    """
    kind = revision.document.kind
    if kind.is_assessed:
        try:
            return {"claim": rendering.explain_claim(revision)}
        except (KeyError, ValueError):
            return {"facts": list(_facts(revision, with_texts=True))}
    facts = list(_facts(revision))
    if kind.texts:
        return {"page": rendering.preview_page(revision, coming(), prefix), "facts": facts}
    text = rendering.explain_markdown(revision.entry.fields[kind.body], public_context())
    return {"facts": facts, "texts": [(kind.field_label(kind.body), text)]}


def _facts(revision: Revision, *, with_texts: bool = False) -> Iterator[tuple[str, str]]:
    """Give fields as (label, text), leaving out those that say nothing and those of the dialect."""
    for field in revision.document.kind.schema:
        value = revision.entry.fields[field.name]
        is_text = getattr(field.type, "is_dialect", False)
        if is_empty(value) or (is_text and not with_texts):
            continue
        if isinstance(field.type, Entries):
            yield from ((field.label, field.type.display_entry(entry)) for entry in value)
        else:
            yield field.label, field.type.display(value)
