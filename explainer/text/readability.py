"""How hard a text is to read, and which words and sentences make it so.

Grade: Kincaid, Fishburne, Rogers and Chissom, 1975 (US Navy, Research Branch Report 8-75). LIX:
Björnsson, 1968. The limits are the site's own.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from explainer.text.ends import cut
from explainer.text.problems import Problem, Severity
from explainer.text.remembered import remembered

# Above a limit (Flesch-Kincaid grade, words) nothing is published; above an aim, editors are told.
GRADE_LIMIT, GRADE_AIM = 8.0, 6.0
SENTENCE_LIMIT, SENTENCE_AIM = 30, 25
WORDS_TO_MEASURE = 100  # below, one long name would decide the grade
HARDEST = 10  # how many of the words that drive the grade are named
LIX_LONG = 6  # letters above which LIX calls a word long

_WORD = re.compile(r"[^\W_]+(?:['.,-][^\W_]+)*")
_PARAGRAPH = re.compile(r"\S.*(?:\n[^\S\n]*\S.*)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    # An e that is not heard: not after a consonant with l or r ("needle", "centre"),
    # nor in -es after a hiss ("doses") or in -ed after t or d ("tested"); nor within "lifetime".
    r"(?:(?<![aeiouyl])(?<![bcdt]r)|(?<=[aeioury]l)|(?<=ll)|(?<=[gq]u))"
    r"(?:e$|(?<![sxzcg])(?<![cs]h)es$|(?<![td])ed$|e(?=(?:ly|ment|ful|less|ness)s?$))"
    r"|^(?:lif|tim|bas|sid|som|hom|fac|lin|nam|saf|for|els|softwar)e(?=[bcdfghjklmnpstvwxz][a-z]+$)"
)
_HIATUS = re.compile(
    # Neighbouring vowels that are heard apart, and endings with a vowel nobody writes.
    r"(?<![ct])(?<!rr)ia|(?<=[ct])ia(?=t[ei])|(?<=ec)ia$|(?<![cstgxn])io|(?<!g)iu"
    r"|(?<![qg])ua|(?<![ctl])ie(?=n[ct]|t)|(?<=[cs]c)ie|(?<=cl)ie|cie(?=t)|[eiouy]ing$"
    r"|[aeo]y[aeiou](?!d$)|(?<=rr|pp|th|ad|rl|as|av)i(?=er)|(?<=ar)ea(?=t)|(?<=[aeiou]c)ea$|(?<=[dnh])eo|uou|rea(?=ct|li)|(?<=[lr])ui(?=[dn])|oi(?=nc)|hya|sm$|[sd]n't$"
)
_BY_SYLLABLES = {
    1: "aren't weren't one once eye eyes",
    2: "something sometimes somewhere therefore people rely create platelet platelets hundred"
    " naked being guideline guidelines every evening evenings argued headaches business acne",
    3: "theatre nausea anyone linear nuclear area areas idea ideas ideal created everyone"
    " everything everyday everywhere forever whoever suicide embryo recipe phd",
    4: "diabetes everybody",
}
_EXCEPTIONS = {word: number for number, words in _BY_SYLLABLES.items() for word in words.split()}
_ONSET = "[BCDFGHJKLMNPQRSTVWXZ]|[BCFGPS]L|[BCDFGPT]R|S?[CPT]H|WH|WR|KN|GN|S[CKMNPTW]|S[CPT]R|TW|QU"
_SPELLED = re.compile(
    rf"[a-z]?((?!(?:{_ONSET})?[AEIOUY])[A-Z]{{2,5}}"
    r"|US|USA|UK|EU|EMA|UV[AB]|IGF|EGF|AGA|ADSC|FU[ET]|HIV|OTC|ECM|ACM)s?"
)
"""What is said letter by letter: capitals that no English word begins with, and some others."""
_ACCENTED = str.maketrans({"é": "ay", "è": "ay", "ê": "ay", "ï": "yi", "ë": "yi"})


Glossary = dict[str, list[tuple[list[str], str]]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: where its block begins, how many words, and the sentence."""

    line: int
    words: int
    text: str


@dataclass(frozen=True, slots=True)
class Readability:
    """What was counted in a text; `long` are the sentences over the aim.

    `hardest` are the words that drive the Flesch-Kincaid `grade`, most first.
    """

    words: int
    sentences: int
    grade: float
    lix: float
    longest: Sentence | None
    long: tuple[Sentence, ...]
    hardest: tuple[str, ...]


@remembered
def sentences(text: str) -> tuple[str, ...]:
    """Split one paragraph or item into sentences, so that a wrong guess cannot join two blocks."""
    found = (piece for whole in _splitter()(text) for piece in cut(whole))
    return tuple(part for piece in found if (part := piece.strip()))


def paragraphs(text: str) -> list[tuple[int, str]]:
    """Split plain text at its empty lines; gives each paragraph with its first line."""
    found, line, reached = [], 1, 0
    for match in _PARAGRAPH.finditer(text):
        line += text.count("\n", reached, match.start())
        reached = match.start()
        found.append((line, match[0].strip()))
    return found


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """Count the syllables of an English word, by rule and a few exceptions.

    Right for about 99 words in 100 of our texts. A number counts as one, since numerals are what
    we ask authors for.
    """
    if "-" in word:
        return sum(syllables(part) for part in word.split("-"))
    if spelled := _SPELLED.fullmatch(word):
        return len(word.removesuffix("s")) + 2 * spelled[1].count("W")
    word = normalize("NFC", word).lower().replace("\u2019", "'").translate(_ACCENTED)
    word = normalize("NFD", word)
    known = _EXCEPTIONS.get(word)
    if known is not None:
        return known
    groups = len(_VOWELS.findall(word))
    return max(1, groups - len(_SILENT.findall(word)) + len(_HIATUS.findall(word)))


def measure(blocks: Iterable[tuple[int, str]], *, terms: Collection[str] = ()) -> Readability:
    """Count words, sentences and syllables of paragraphs and list items, as (line, text).

    A term of the glossary counts with all its syllables at its first use, and as words of one
    syllable later, because by then the reader has met it.
    """
    found: list[Sentence] = []
    counted: list[tuple[str, int]] = []
    lighten = _glossary(tuple(sorted(terms)))
    met: set[str] = set()
    for line, text in blocks:
        for sentence in sentences(text):
            if words := _words(sentence):
                found.append(Sentence(line, len(words), sentence))
                counted.extend(_counted(words, lighten, met))
    return _summed(found, counted)


def check(readability: Readability) -> tuple[Problem, ...]:
    """Hold what was measured against the limits (errors) and the aims (warnings)."""
    problems = [_too_long(sentence) for sentence in readability.long]
    if readability.words >= WORDS_TO_MEASURE and readability.grade > GRADE_AIM:
        problems.append(_too_hard(readability))
    return tuple(problems)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("\u2019", "'"))


def _summed(found: list[Sentence], counted: list[tuple[str, int]]) -> Readability:
    if not found:
        return Readability(0, 0, 0.0, 0.0, None, (), ())
    total = len(counted)
    per_sentence = total / len(found)
    heard = sum(count for _, count in counted)
    long_words = sum(1 for word, count in counted if count > 1 and len(word) > LIX_LONG)
    return Readability(
        words=total,
        sentences=len(found),
        grade=round(0.39 * per_sentence + 11.8 * heard / total - 15.59, 1),
        lix=round(per_sentence + 100 * long_words / total, 1),
        longest=max(found, key=lambda sentence: sentence.words),
        long=tuple(sentence for sentence in found if sentence.words > SENTENCE_AIM),
        hardest=_hardest(counted),
    )


def _hardest(counted: list[tuple[str, int]]) -> tuple[str, ...]:
    # By the syllables they add to the text beyond two each.
    added: Counter[str] = Counter()
    for word, count in counted:
        if count > 2:
            added[word] += count - 2
    return tuple(word for word, _ in added.most_common(HARDEST))


def _counted(words: list[str], lighten: Glossary, met: set[str]) -> Iterator[tuple[str, int]]:
    """Give each word with its syllables, a term met before with one for each word."""
    light_until = 0
    folded = [word.lower() for word in words]
    for place, word in enumerate(folded):
        for term, name in lighten.get(word, ()):
            if folded[place : place + len(term)] == term:
                if name in met:
                    light_until = max(light_until, place + len(term))
                met.add(name)
                break
        yield word, 1 if place < light_until else syllables(words[place])


@lru_cache(maxsize=16)
def _glossary(terms: tuple[str, ...]) -> Glossary:
    """Index terms and their plurals by first word, the longest first."""
    index: Glossary = {}
    for term in terms:
        for form in (term, f"{term}s", f"{term}es"):
            if words := _words(form.lower()):
                index.setdefault(words[0], []).append((words, term))
    for forms in index.values():
        forms.sort(key=lambda form: -len(form[0]))
    return index


def _too_long(sentence: Sentence) -> Problem:
    severity = Severity.ERROR if sentence.words > SENTENCE_LIMIT else Severity.WARNING
    opening = " ".join(sentence.text.split()[:6])
    message = f"The sentence '{opening} ...' has {sentence.words} words; aim at 15, at most "
    message += f"{SENTENCE_AIM}. Make two sentences of it."
    params = {"opening": opening, "words": str(sentence.words)}
    return Problem("sentence-too-long", message, sentence.line, "", severity, params)


def _too_hard(readability: Readability) -> Problem:
    severity = Severity.ERROR if readability.grade > GRADE_LIMIT else Severity.WARNING
    grade, hardest = str(readability.grade), ", ".join(readability.hardest)
    message = f"The text reads at grade {grade} (Flesch-Kincaid); aim at {GRADE_AIM:g}, at most "
    message += f"{GRADE_LIMIT:g}. Shorten sentences, or find everyday words for: {hardest}."
    params = {"grade": grade, "hardest": hardest}
    return Problem("text-too-hard", message, severity=severity, params=params)


@lru_cache(maxsize=1)
def _splitter() -> Callable[[str], Iterable[str]]:
    # Imported on first use: 40 ms that a process which only serves pages need not spend.
    from nupunkt import load  # noqa: PLC0415

    return load("default").tokenize
