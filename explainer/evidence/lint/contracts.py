"""What the unlabelled parts of a text may say, sentence by sentence (method, section 3).

Background tells of bodies, illnesses and research; reported says who does what; guidance tells the
reader what to do or ask. A sentence that says what a treatment does, risks, needs or promises is a
claim wherever it stands. The rules know words, not meaning: `vocabulary` is what they were told,
`likeness` what they learned from sentences, and `tests/evidence/sentences` those they were
measured on.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from explainer.evidence.dialect import PartKind
from explainer.evidence.lint import lexicon, vocabulary
from explainer.evidence.lint.headings import check_heading
from explainer.evidence.lint.lexicon import opening
from explainer.evidence.lint.likeness import likeness, telling
from explainer.evidence.lint.vocabulary import WordList
from explainer.text.folding import fold
from explainer.text.problems import Problem
from explainer.text.readability import sentences
from explainer.text.remembered import remembered

_AND = re.compile(r",? and (?:then )?")
LIKE_A_CLAIM, LIKE_NONE = 0.7, 0.03
"""Above the first a sentence reads like a claim whatever the lists say, below the second never."""
FEWEST = 6  # words of a sentence that tell enough to be weighed
LONGEST = 600  # characters of a sentence; what is longer is refused unread, as rules take time

Rules = tuple[tuple[str, WordList], ...]

_OWN_BODY = ("what the reader's own body will do", vocabulary.YOURS)
_ASSUMED = ("what it takes as given,", vocabulary.ASSUMED)
_OWN_BODY_NOW = (_OWN_BODY[0], vocabulary.YOURS_TOLD)
_COMFORT = ("the comfort", vocabulary.COMFORT)
_TESTIMONY = ("the testimonial", vocabulary.TESTIMONY)
_COUNTED = ("how often or how badly it harms,", vocabulary.HARM_COUNTED)
_EFFECT = ("the effect", vocabulary.EFFECT)
_STRONG = (_EFFECT[0], vocabulary.STRONG)
_PRAISE = ("the praise", vocabulary.PRAISE)
_CHANCE = ("the chance", vocabulary.CHANCE)
_TIME = ("the time", vocabulary.TIME)
_HARM = ("the harm", vocabulary.HARM)
_RESULT = ("the result", vocabulary.RESULT)
_RESULT_TOLD = ("the result", vocabulary.RESULT_TOLD)
_PROMISE = ("the promise", vocabulary.PROMISED)

_PROMISED: Rules = (_COMFORT, _TESTIMONY, _COUNTED, _EFFECT)
_REASONS: Rules = (*_PROMISED, _PRAISE, _RESULT, _PROMISE)
_TOLD: Rules = (_EFFECT, _COMFORT, _TESTIMONY, _COUNTED, _PRAISE, _CHANCE, _RESULT_TOLD)


class About(StrEnum):
    """What the words around a sentence are about, when it does not say."""

    TREATMENT = "treatment"
    SITE = "site"
    WORD = "word"
    NOTE = "note"


_SURE: Rules = (_OWN_BODY, _COMFORT, _COUNTED, _STRONG)
_ALONE: dict[About, Rules] = {
    About.TREATMENT: (*_SURE, _OWN_BODY_NOW, _TESTIMONY),
    About.SITE: (*_SURE, _TESTIMONY),
    About.WORD: (_OWN_BODY, _COMFORT),
}
_ALONE[About.NOTE] = _ALONE[About.SITE]  # but "it" may be the treatment
_JOINED: dict[About, Rules] = {
    About.TREATMENT: (_EFFECT, _PRAISE, _CHANCE, _TIME, _HARM, _RESULT),
    About.SITE: (_EFFECT, _PRAISE, _CHANCE, _TIME, _HARM),
    About.WORD: (_COUNTED, _EFFECT, _PRAISE),
}
_JOINED[About.NOTE] = _JOINED[About.SITE]
_ACTED: Rules = (_EFFECT, _COMFORT, _COUNTED, _TESTIMONY)
_SOLD: Rules = (*_ACTED, _CHANCE, _HARM, _RESULT)
_PRICED: Rules = (("what the price is worth,", vocabulary.BARGAIN), _RESULT_TOLD)
_FOUND: Rules = (_COMFORT, _TESTIMONY, _PRAISE)
_UNNAMED: Rules = (_EFFECT, _PRAISE, _CHANCE, _TIME)
CURES = {
    PartKind.BACKGROUND: "Background tells of bodies, illnesses, research and words. Make it a "
    "claim, or an act on record, or take it out.",
    PartKind.REPORTED: "A report says who does what, with no effect and no harm. Make it a claim.",
    PartKind.GUIDANCE: "Guidance is an instruction, a question, or a condition with an "
    "instruction. Say what to do or ask; make what is said of a treatment a claim.",
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a sentence is read against.

    `names` are those of treatments, products, options and sellers; `about` is what "it" means at
    the start of a block; `sells` if a source of a reported block sells what it tells of.
    """

    names: tuple[str, ...] = ()
    about: About = About.TREATMENT
    sells: bool = True


@dataclass(frozen=True, slots=True)
class Breach:
    """What breaks a contract: the words found, what they are, and the treatment they join."""

    what: str
    words: str
    name: str = ""


def check_part(
    kind: PartKind, paragraphs: Sequence[tuple[int, str, bool]], around: Surroundings
) -> Iterator[Problem]:
    """Check each sentence of one block against its part's contract.

    `kind` is background, reported or guidance; `paragraphs` are line, text, and if it is an item of
    a list, which goes on with the sentence that leads in. A pronoun refers back to the sentence
    before it, at the start of a block to what the page is about.
    """
    named, leads, first = around.about in (About.TREATMENT, About.NOTE), False, True
    for line, paragraph, is_item in paragraphs:
        for sentence in sentences(paragraph):
            words = vocabulary.QUOTED_WORD.without(" ".join(fold(sentence).split()), r"\1so")
            name = _mention(words, around, named=named, first=first)
            if words.endswith("?"):
                found = [*_check_question(kind, sentence, words, line)]
            else:
                breach = _breach(kind, words, name, around, goes_on=leads and is_item)
                found = [_problem(kind, sentence, breach, line)] if breach else []
            # Learned from treatments' pages and the glossary; a piece of a list is no sentence.
            weigh = around.about in (About.TREATMENT, About.WORD) and not (leads and is_item)
            yield from _weighed(kind, sentence, words, found, line) if weigh else found
            named, first = bool(name), False
        leads = paragraph.endswith(":") or (leads and is_item)


def _weighed(
    kind: PartKind, sentence: str, words: str, found: Sequence[Problem], line: int
) -> Iterator[Problem]:
    """Add what only reads like a claim; in background leave out what nobody would take for one."""
    likely = likeness(kind, words) if len(words) <= LONGEST else 1.0
    if found or likely <= LIKE_A_CLAIM or words.count(" ") < FEWEST - 1:
        # The other two parts have a form, which no likeness excuses.
        yield from found if likely > LIKE_NONE or kind is not PartKind.BACKGROUND else ()
    else:
        yield _problem(kind, sentence, Breach("the words of a claim,", telling(kind, words)), line)


def effect_in_record(
    text: str,
    *,
    sold: Collection[str] = (),
    tells: bool = False,
    priced: bool = False,
    line: int = 0,
) -> Iterator[Problem]:
    """Refuse an effect in a record, which has no label: what was done, never what came out.

    Source: method, section 3. Beside `sold`, names of what is sold under claims, no harm and no
    chance either. One that `tells` says what a trial of a licensed option found; one that is
    `priced` may come from a seller, so it tells no result and nothing that the sum is worth.
    """
    for sentence in sentences(text):
        words = " ".join(fold(sentence).split())
        names = _names(tuple(sorted(sold)))
        name = (names and names.search(words)) or vocabulary.NEEDLE.search(words)
        rules = _SOLD if name else _FOUND if tells else _ACTED
        rules += _PRICED if priced else ()
        breach = None if words.endswith("?") else _first(words, rules, _left_out)
        if breach:
            beside = f" beside '{name[0]}'" if name else ""
            message = f"'{opening(sentence)}' tells {breach.what} '{breach.words}'{beside}, and a "
            message += "record has no label. Say what was done and by whom; make the rest a claim."
            yield Problem("effect-in-record", message, line, params={"effect": breach.words})


def _check_question(kind: PartKind, sentence: str, words: str, line: int) -> Iterator[Problem]:
    if assumed := _first(words, (_ASSUMED, _STRONG)):
        yield _problem(kind, sentence, assumed, line)
    else:
        yield from check_heading(sentence, line=line, what="question")


@remembered
def _breach(
    kind: PartKind, words: str, name: str, around: Surroundings, *, goes_on: bool
) -> Breach | None:
    if len(words) > LONGEST:
        return Breach("too many words for one sentence,", opening(words))
    if assumed := _first(words, (_ASSUMED,)):
        return assumed
    if kind is PartKind.GUIDANCE:
        return _promised(words) or (None if goes_on else _no_instruction(words))
    if kind is PartKind.REPORTED:
        return _told(words, sells=around.sells) or _nobody(words)
    return _claimed(words, name, around)


def _claimed(words: str, name: str, around: Surroundings) -> Breach | None:
    """Find in background what a treatment does, or what the reader is told will come."""
    if breach := _first(words, _ALONE[around.about], _excused):
        return breach
    return _joined(words, name, around.about) if name else _unnamed(words, around.about)


def _joined(words: str, name: str, about: About) -> Breach | None:
    if breach := _first(words, _JOINED[about], _excused):
        return replace(breach, name=name)
    is_sentence = words.endswith((".", "!", ";"))
    known = vocabulary.NEUTRAL.search(words) or vocabulary.LIMITS.search(words)
    if about is not About.TREATMENT or not is_sentence or known:
        return None
    # Not every effect is known, so a sentence on a treatment may only say what it is.
    return Breach("more than what it is,", opening(words), name)


def _unnamed(words: str, about: About) -> Breach | None:
    is_elsewhere = about in (About.SITE, About.NOTE) and not vocabulary.HAIR.search(words)
    if about is About.WORD or is_elsewhere:
        return None
    if about is not About.TREATMENT:
        return _first(words, (_EFFECT,), _natural)
    outcome = vocabulary.RESULT.search(words)
    return _first(words, _UNNAMED if outcome else (_EFFECT, _PRAISE), _natural)


def _excused(words: str, found: re.Match[str]) -> bool:
    """Say if the clause of what was found leaves it open, or says how little a study can tell."""
    clause = lexicon.clause(words[: found.start()])
    start = found.start() - len(clause)
    excuses = (vocabulary.LIMITS, vocabulary.OPEN)
    return any(
        excuse.start() <= found.start()
        for pattern in excuses
        for excuse in pattern.finditer(words, start)
    )


def _left_out(words: str, found: re.Match[str]) -> bool:
    """Say if what was found is why somebody was left out of a trial."""
    return bool(vocabulary.LEFT_OUT.search(_near(words, found))) or _excused(words, found)


def _near(words: str, found: re.Match[str]) -> str:
    """Give the clause of what was found."""
    clause = lexicon.clause(words[: found.start()])
    rest = lexicon.CLAUSE_BREAK.search(words, found.end())
    return clause + words[found.start() : rest.start() if rest else len(words)]


def _natural(words: str, found: re.Match[str]) -> bool:
    """Say if what was found happens by itself, or is a matter of research."""
    near = _near(words, found)
    natural = vocabulary.NATURE.search(near) or vocabulary.RESEARCH.search(near)
    return bool(natural) or _excused(words, found)


def _promised(words: str) -> Breach | None:
    """Find a promise in the form of an instruction."""
    main = vocabulary.LEAD.without(words)
    if not (vocabulary.INSTRUCTION.match(main) or vocabulary.WISH.match(main)):
        main = vocabulary.CONDITION.without(main)
    # Each instruction of a sentence is judged by itself.
    for start in (0, *(joint.end() for joint in _AND.finditer(main))):
        if breach := _invited(main[start:]):
            return breach
    asks = vocabulary.CAREFUL.match(main) or (
        vocabulary.ASKING.match(main) and not vocabulary.WISH.search(main)
    )
    reason = (vocabulary.REASON_GIVEN if asks else vocabulary.ADDED).search(main)
    if reason and (breach := _first(reason["rest"], _REASONS, _excused if asks else None)):
        return breach
    return None if asks else _first(main, (*_PROMISED, _PROMISE))


def _invited(words: str) -> Breach | None:
    if invited := vocabulary.INVITATION.match(words):
        return Breach("the invitation", invited[0])
    if chosen := vocabulary.CHOOSING.match(words):
        return Breach("the advice", chosen[0])
    return None


def _no_instruction(words: str) -> Breach | None:
    main = vocabulary.LEAD.without(words)
    starts = (vocabulary.CONDITION.match(main), vocabulary.LABELLED.match(main))
    for start in (main, *(main[match.end() :] for match in starts if match)):
        if vocabulary.INSTRUCTION.match(start):
            return None
        # Not every verb is known: what begins with none of these and states nothing instructs.
        if start and not (vocabulary.STARTER.match(start) or vocabulary.FINITE.search(start)):
            return None
    return Breach("no instruction but", opening(words))


def _told(words: str, *, sells: bool) -> Breach | None:
    breach = _first(words, _TOLD)
    # To ask people about allergies tells of no harm.
    if breach or not sells or vocabulary.ASKS.search(words):
        return breach
    return _first(words, (_HARM,))


def _nobody(words: str) -> Breach | None:
    is_fragment = len(words.split()) < 12 and not words.endswith((".", "!"))
    if is_fragment or vocabulary.WHO.search(words):
        return None
    return Breach("nobody who says or does it:", opening(words))


def _first(
    words: str, rules: Rules, excused: Callable[[str, re.Match[str]], bool] | None = None
) -> Breach | None:
    for what, pattern in rules:
        for found in pattern.finditer(words):
            if not (excused and excused(words, found)):
                return Breach(what, found[0])
    return None


@remembered
def _mention(words: str, around: Surroundings, *, named: bool, first: bool) -> str:
    names = _names(around.names)
    found = (names and names.search(words)) or vocabulary.THINGS.search(words)
    if not found and named:
        # In the first sentence "and it ..." means something in that sentence.
        back = vocabulary.BACKWARD_FIRST if first else vocabulary.BACKWARD
        found = back.search(words)
    return found[0].strip() if found else ""


@lru_cache(maxsize=16)
def _names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    words = "|".join(re.escape(fold(name)) for name in names)
    return re.compile(rf"\b(?:{words})s?\b") if names else None


def _problem(kind: PartKind, sentence: str, breach: Breach, line: int) -> Problem:
    found = f"{breach.what} '{breach.words}'"
    joined = f"joins '{breach.name}' with {found}" if breach.name else f"holds {found}"
    message = f"'{opening(sentence)}' {joined}. {CURES[kind]}"
    params = {"part": kind, "name": breach.name, "words": breach.words}
    return Problem(f"{kind}-contract", message, line, params=params)
