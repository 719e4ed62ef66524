"""What a sentence is by its form alone: a line that may be a heading, an instruction.

Stricter than the rules of `evidence.lint`, which let pass what they cannot refuse: here something
is put in front of a writer, so it has to be sure.
"""

from explainer.evidence.lint import vocabulary
from explainer.search.proposals.sentences import PARAGRAPH, Sentence
from explainer.text.folding import fold

MOST_HEADING = 8
"""Words up to which a line without a full stop may be a heading."""


def is_line(text: str, sentence: Sentence) -> bool:
    """Say if a sentence is a short paragraph of its own that no stop ends."""
    words, unit = sentence.words, sentence.unit
    alone = unit.shape == PARAGRAPH and text[unit.start : unit.end].strip() == words
    return alone and words[-1] not in ".!:;,”" and len(words.split()) <= MOST_HEADING


def instructs(words: str) -> bool:
    """Say if a sentence, or what follows its condition, begins as an instruction does."""
    said = " ".join(fold(words).split()).replace("it's ", "it is ")
    main = vocabulary.LEAD.without(said)
    before = (vocabulary.CONDITION.match(main), vocabulary.LABELLED.match(main))
    starts = (main, *(main[match.end() :] for match in before if match))
    return any(vocabulary.INSTRUCTION.match(start) for start in starts)
