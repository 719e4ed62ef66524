"""Claims: a sentence about a treatment, who says what about it, and why it has its label."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from explainer.evidence.adjudicate import adjudicate
from explainer.evidence.claims import Claim, Position, unmarked
from explainer.evidence.context import Context
from explainer.evidence.labels import Label, label_of
from explainer.evidence.levels import ANY_PRODUCT, Bearing, Finding, Ground, Level, Reason, Topic
from explainer.evidence.levels import Kind as ClaimSubject
from explainer.evidence.lint.grounds import MAX_NAME_WORDS
from explainer.evidence.lint.run import lint_claim
from explainer.evidence.lint.wordings import check_marks
from explainer.kinds.base import Entry, Folder, Kind, Pages, in_field, unknown_source
from explainer.kinds.schema import KEY, Choice, Entries, Field, Pairs, SourceKey, Text, Words
from explainer.kinds.wordings import check_whole
from explainer.text.problems import Problem, Refused, did_you_mean

_CURE = "Use lower case letters, digits and hyphens."
_KEY = Text(120, pattern=KEY.pattern, cure=_CURE)
_ARM = re.compile(r"([0-9]+) of ([1-9][0-9]*)")
_FIRST_PART = re.compile(r"[.,;:?!](?:\s|$)")
_WHO_SAYS = re.compile(r".*\b(?:say|says|promise|promises|claim|claims)\b(?: that\b)?", re.I)
_SMALL = {
    "a", "an", "appears", "can", "could", "it", "may", "might", "seems", "some", "that", "the",
    "this", "to",
}  # fmt: skip
"""Words that a name does without."""
_CLAIM_KEY = Text(200, pattern=f"{KEY.pattern}/{KEY.pattern}", cure="Write treatment/name.")

POSITION = (
    Field("source", SourceKey(120, pattern=KEY.pattern, cure=_CURE), "Source", required=True),
    Field("level", Choice(Level, "word"), "Going by this source alone", required=True),
    Field("finding", Choice(Finding), "What it did to find out", required=True),
    Field("product", _KEY, "It speaks of", blank="The same as the claim"),
    Field("says", Text(lines=2), "What it says, in one sentence of ours", required=True),
)


class ClaimKind(Kind):
    """The label is worked out from the positions, never chosen."""

    name, path, label = "claim", "claims", "Claim"
    reader_names = ("Claim", "claim", "claims")
    folders = (Folder("claims", 2),)
    body = "why"
    title_field = "statement"
    context_name = "claims"
    is_assessed = True
    is_shown = True
    is_withdrawable = True
    priority = 2
    missing_body = "Write why the claim has its label."
    schema = (
        Field(
            "name", Text(60), "Name",
            "What it is about in at most five words, for lists and titles.", required=True,
        ),
        Field(
            "statement", Text(400, lines=3), "Statement",
            "One whole sentence. Read alone, it still has to say how sure we are. Put * around the "
            "words that somebody else says, as in: Clinics say *it regrows hair*, but ...",
            required=True,
        ),
        Field(
            "wordings", Words(), "Other wordings",
            "One a line: the only words, beside the statement, that a text may put into the "
            "claim's brackets. Each says how sure we are, and no figure more than the statement.",
        ),
        Field(
            "heard", Words(), "How adverts put it",
            "One a line, as sellers say it or patients repeat it: “no time off work”. The search "
            "and the check of a promise find the claim by it, and the check tells a reader which "
            "of them their words are close to. A phrase belongs to one claim of a treatment.",
        ),
        Field("topic", Choice(Topic), "Topic", "The page it belongs to.", required=True),
        Field("kind", Choice(ClaimSubject), "What it is about", required=True),
        Field("bearing", Choice(Bearing), "Which way it pulls", required=True),
        Field(
            "product", _KEY, "Product", "What was given, or the whole treatment.",
            default=ANY_PRODUCT,
        ),
        Field(
            "reason", Choice(Reason), "Why it is unsupported",
            "Needed if the label is Unsupported, and only then.", blank="It is not unsupported",
        ),
        Field(
            "level", Choice(Level, "word"), "More cautious label, if you choose one",
            "Only towards more caution: more doubt about a promise, a warning more serious.",
            blank="None: the positions decide",
        ),
        Field(
            "level_reason", Text(lines=3), "Reason for the more cautious label", "Readers see it."
        ),
        Field("positions", Entries(POSITION), "Who says what", required=True),
        Field(
            "looked", Pairs(known=("date", "for")), "What we looked for",
            "If it rests on what was not found: “date: 2026-11-20” and “for: what was searched "
            "for”, one a line.",
        ),
        Field(
            "numbers", Pairs(known=("source", "outcome", "with", "without")), "Numbers",
            "Where a trial gives both arms: “source: KEY”, “outcome: what was counted”, “with: 37 "
            "of 100” and “without: 45 of 100”, one a line.",
        ),
        Field(
            "twin", _CLAIM_KEY, "Twin",
            "The key of the claim that answers the same question about another treatment.",
        ),
        Field(
            "differs_because", Text(300, lines=2), "Why its twin has another label",
            "What is known about one and not about the other.",
        ),
        Field(
            "would_change", Text(lines=3), "What would change the label",
            "The study that is missing.", required=True,
        ),
        Field(
            "ask", Text(300, lines=2), "Question for the clinic",
            "What a reader can ask. Every unsupported promise needs one; it ends with “?”.",
        ),
        Field(
            "why", Text(0, lines=12, is_dialect=True), "Why it has this label",
            "Markdown. What was studied, in how many people, and what was found.", required=True,
        ),
    )  # fmt: skip
    layout = (
        (
            "The claim",
            "One sentence that can be right or wrong, and what it is about.",
            ("name", "statement", "wordings", "heard", "topic", "kind", "bearing", "product"),
        ),
        (
            "Who says what",
            "The label comes from these positions: for a promise the most doubtful one decides, "
            "for a warning the most serious one. A seller's word for a promise never decides. To "
            "change a label, change what its sources say. Give each source the label that its own "
            "wording or findings support. A source that is not in the list is added first; it goes "
            "to review and to readers together with the claim.",
            ("positions", "looked", "numbers", "twin", "differs_because"),
        ),
        (
            "The label",
            "Most claims need neither of the first two lines. A more cautious label and its reason "
            "go together: give both or neither.",
            ("reason", "level", "level_reason"),
        ),
        ("For the reader", "What stands on the claim's own page.", ("why", "would_change", "ask")),
    )
    list_filters = ("treatment", "topic", "level", "bearing")
    create_fields = (
        "name", "statement", "topic", "kind", "bearing", "product", "positions", "reason", "why",
        "would_change", "ask",
    )  # fmt: skip
    key_fields = ("name",)
    needs_treatment = True

    def title(self, fields: Mapping[str, Any]) -> str:
        return super().title(fields).replace("*", "")

    def proposed(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {"name": proposed_name(str(fields.get("statement") or ""))}

    def short_title(self, fields: Mapping[str, Any]) -> str:
        return fields.get("name") or self.title(fields)

    def choices(self, name: str, treatment: Mapping[str, Any]) -> list[tuple[str, str]]:
        if name not in ("product", "positions.product"):
            return []
        names = dict(treatment.get("products", ()))
        names.setdefault(ANY_PRODUCT, f"{treatment.get('name', '')} in general")
        return list(names.items())

    def noun(self, entry: Entry, context: Context) -> Claim:
        fields = entry.fields
        positions = [
            _position(order, position, fields["product"], context)
            for order, position in enumerate(fields["positions"])
        ]
        statement, said = unmarked(fields["statement"])
        return Claim(
            key=entry.key,
            name=fields["name"],
            statement=statement,
            said=said,
            topic=Topic(fields["topic"]),
            kind=ClaimSubject(fields["kind"]),
            bearing=Bearing(fields["bearing"]),
            positions=tuple(positions),
            product=fields["product"] or ANY_PRODUCT,
            reason=Reason(fields["reason"]) if fields["reason"] else None,
            level=Level(fields["level"]) if fields["level"] else None,
            level_reason=fields["level_reason"],
            wordings=tuple(unmarked(wording)[0] for wording in fields["wordings"]),
            twin=fields["twin"],
            differs_because=fields["differs_because"],
            looked_for=dict(fields["looked"]).get("for", ""),
            would_change=fields["would_change"],
            ask=fields["ask"],
            withdrawn=entry.withdrawn,
        )

    def assess(self, entry: Entry, context: Context) -> Label | None:
        try:
            return self.judge(self.noun(entry, context))
        except ValueError:
            # A draft may leave open what decides its label; `Refused` is a ValueError too.
            return None

    def judge(self, noun: Claim) -> Label:
        return label_of(noun, adjudicate(noun))

    def stored_label(
        self, fields: Mapping[str, Any], level: str, ground: str, *, withdrawn: bool = False
    ) -> Label | None:
        if not level or not fields.get("bearing"):
            return None
        return Label(
            Level(level),
            Bearing(fields["bearing"]),
            Ground(ground) if ground else None,
            quotes="*" in fields["statement"],
            withdrawn=withdrawn,
        )

    def sources(self, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(position["source"] for position in fields["positions"])

    def references(self, entry: Entry, context: Context) -> Iterator[Problem]:
        yield from _unknown_products(entry, context)
        yield from _unknown_sources(entry, context)
        yield from _repeated(entry)
        yield from _numbers(entry)

    def unique(self, entry: Entry) -> Iterator[tuple[str, str, str]]:
        yield "statement", "statement", self.title(entry.fields)
        yield "name", "name", entry.fields["name"]

    def lint(self, entry: Entry, context: Context, pages: Pages | None = None) -> Iterator[Problem]:
        claim = self.noun(entry, context)
        yield from _looked(entry)
        for place, wording in enumerate(entry.fields["wordings"]):
            found = (*check_whole(wording), *check_marks(wording, entry.fields["statement"]))
            yield from in_field(f"wordings.{place}", found)
        yield from in_field("why", lint_claim(claim, entry.fields["why"], context))


def proposed_name(statement: str) -> str:
    """Make a name from the words that somebody says, or else from how the statement begins."""
    pieces = statement.split("*")
    told = pieces[1] if len(pieces) > 2 else _FIRST_PART.split(statement)[0]
    words = re.findall(r"[^\W_][\w'’%-]*", _WHO_SAYS.sub("", told))
    name = " ".join([word for word in words if word.lower() not in _SMALL][:MAX_NAME_WORDS])
    return name[:1].upper() + name[1:]


def _position(order: int, position: Mapping[str, Any], product: str, context: Context) -> Position:
    # A position without a product of its own has the claim's.
    try:
        return Position(
            context.sources[position["source"]],
            Level(position["level"]),
            position["says"],
            position["product"] or product or ANY_PRODUCT,
            Finding(position["finding"]) if position["finding"] else Finding.ASSERTS,
        )
    except KeyError:
        message = f"There is no source '{position['source']}'."
        field = f"positions.{order}.source"
        raise Refused(field, message, "unknown-source") from None
    except Refused as refused:
        field = f"positions.{order}.{refused.field}"
        raise Refused(field, refused.message, refused.code, refused.params) from None


def _unknown_products(entry: Entry, context: Context) -> Iterator[Problem]:
    treatment = context.treatments.get(entry.kind.treatment(entry.key))
    if treatment is None:
        return
    known = {ANY_PRODUCT, *(key for key, _ in treatment.products)}
    places = {"product": entry.fields["product"]} | {
        f"positions.{order}.product": position["product"]
        for order, position in enumerate(entry.fields["positions"])
    }
    for place, key in places.items():
        if key and key not in known:
            hint = did_you_mean(key, known) or f" Known: {', '.join(sorted(known))}."
            message = f"'{key}' is not a product of '{treatment.key}'.{hint}"
            yield Problem("unknown-product", message, field=place, params={"key": key})


def _unknown_sources(entry: Entry, context: Context) -> Iterator[Problem]:
    for order, position in enumerate(entry.fields["positions"]):
        if (key := position["source"]) not in context.sources:
            yield unknown_source(key, context, f"positions.{order}.source")


def _repeated(entry: Entry) -> Iterator[Problem]:
    seen = set()
    for order, position in enumerate(entry.fields["positions"]):
        product = position["product"] or entry.fields["product"]
        if (position["source"], product) in seen:
            message = f"'{position['source']}' already takes a position on '{product}'. "
            message += "Join the two."
            yield Problem("repeated-position", message, field=f"positions.{order}.source")
        seen.add((position["source"], product))


def arm_of(text: str) -> tuple[int, int] | None:
    """Read one group of a trial, "37 of 100": seen in how many, of how many; None if it is none."""
    found = _ARM.fullmatch(text)
    seen, of = map(int, found.groups()) if found else (1, 0)
    return (seen, of) if seen <= of else None


def _numbers(entry: Entry) -> Iterator[Problem]:
    numbers = dict(entry.fields["numbers"])
    if not numbers:
        return
    arms = [numbers.get(arm, "") for arm in ("with", "without")]
    if not all(map(arm_of, arms)) or not numbers.get("outcome"):
        message = "Give both arms and what was counted: 'outcome', 'with: 37 of 100' and "
        yield Problem("numbers-form", f"{message}'without: 45 of 100'.", field="numbers")
    if numbers.get("source") not in {p["source"] for p in entry.fields["positions"]}:
        message = f"'{numbers.get('source', '')}' takes no position here. Name the trial's key."
        yield Problem("numbers-without-source", message, field="numbers")


def _looked(entry: Entry) -> Iterator[Problem]:
    looked = dict(entry.fields["looked"])
    if looked and not (_is_day(looked.get("date", "")) and looked.get("for")):
        message = "Give the day and what was searched for: 'date: 2026-11-20' and 'for: trials of "
        yield Problem("looked-form", f"{message}biotin by mouth'.", field="looked")


def _is_day(words: str) -> bool:
    try:
        return date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


CLAIM = ClaimKind()
