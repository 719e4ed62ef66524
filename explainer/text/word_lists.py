"""The word lists that finding goes by, read strictly from tables of two columns.

`synonyms.tsv` has a word and what stands for it, parted by "|"; `words.tsv` a use and its words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from explainer.text.normal_form import LONGEST_VARIANT, Synonyms, stems_of, words_of
from explainer.text.problems import Problem, did_you_mean

Row = tuple[int, str, str]


class Use(StrEnum):
    """What a list of words is for; the search knows no word but by such a list."""

    BODY = "body"  # another part of the body: the sentence is not about hair
    SHOP = "shop"  # a shop's business: the clause is not about a treatment
    PRODUCT = "product"  # another product: the same
    SUBJECT = "subject"  # what the site is about, whatever stands beside it
    HOUSE = "house"  # a clinic's house, staff and talk, or another field: the sentence is in doubt
    PLAIN = "plain"  # words of any talk: only these and everyday ones have to be nearly all
    EVERYDAY = "everyday"  # alone these say nothing
    DRUG = "drug"  # a search that finds one shows the warnings about pregnancy first
    PREGNANCY = "pregnancy"  # by these such warnings are known


@dataclass(frozen=True, slots=True)
class WordLists:
    """Synonyms, and words in normal form by their use."""

    synonyms: Synonyms
    uses: Mapping[Use, frozenset[str]]

    @classmethod
    def of(cls, synonyms: str, words: str) -> "WordLists":
        """Build from the two texts, which have no problems."""
        known = Synonyms.of((head, kept(row)) for _, head, row in rows(synonyms))
        found = {Use(use): _stems(row, known) for _, use, row in rows(words)}
        return cls(known, {use: found.get(use, frozenset()) for use in Use})


def rows(text: str) -> Iterator[Row]:
    """Give line, first and second column; what has other columns comes with an empty second."""
    for line, written in enumerate(text.splitlines()[1:], 2):
        first, _, second = written.partition("\t")
        yield line, first, "" if "\t" in second else second


def kept(row: str) -> list[str]:
    return [variant.strip() for variant in row.split("|")]


def _stems(row: str, synonyms: Synonyms) -> frozenset[str]:
    return frozenset(word.stem for one in row.split() for word in words_of(one, synonyms))


def synonym_problems(text: str) -> Iterator[Problem]:
    """Find what is wrong with a table of synonyms."""
    yield from _form_problems(text, "word\tvariants")
    heads: dict[str, int] = {}
    owners: dict[tuple[str, ...], str] = {}
    for line, head, row in rows(text):
        if head in heads:
            message = f"'{head}' has a row already, line {heads[head]}. Join the two."
            yield Problem("synonym-twice", message, line)
        heads.setdefault(head, line)
        for variant in kept(row) if row else ():
            yield from _variant_problems(variant, head, owners, line)


def _variant_problems(
    variant: str, head: str, owners: dict[tuple[str, ...], str], line: int
) -> Iterator[Problem]:
    stems = stems_of(variant)
    if not 1 <= len(stems) <= LONGEST_VARIANT:
        message = f"'{variant}' has {len(stems)} words. Write 1 to {LONGEST_VARIANT}."
        yield Problem("synonym-length", message, line)
    elif owners.setdefault(stems, head) != head:
        message = f"'{variant}' stands for '{owners[stems]}' already. Keep it in one row."
        yield Problem("synonym-ambiguous", message, line)


def word_problems(text: str) -> Iterator[Problem]:
    """Find what is wrong with a table of words by use."""
    yield from _form_problems(text, "use\twords")
    found = [use for _, use, _ in rows(text)]
    for line, use, _ in rows(text):
        if use not in list(Use):
            message = f"'{use}' is no use of words.{did_you_mean(use, Use)}"
            yield Problem("unknown-use", f"{message} Known: {', '.join(Use)}.", line)
        elif found.count(use) > 1:
            message = f"'{use}' has more than one row. Join them."
            yield Problem("use-twice", message, line)


def _form_problems(text: str, header: str) -> Iterator[Problem]:
    names = header.replace("\t", "' and '")
    if text.partition("\n")[0] != header:
        message = f"The first line does not name the columns '{names}'. Write it, with one tab."
        yield Problem("no-header", message, 1)
    for line, first, second in rows(text):
        if not (first.strip() and second.strip()):
            message = f"This line is not two columns with one tab between. Give '{names}'."
            yield Problem("not-two-columns", message, line)


def problems(tables: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Problem]]:
    """Find what is wrong with tables, each given with its name."""
    find = {SYNONYMS: synonym_problems, WORDS: word_problems}
    for name, text in tables:
        yield from ((name, problem) for problem in find[name](text))


SYNONYMS, WORDS = "synonyms.tsv", "words.tsv"
