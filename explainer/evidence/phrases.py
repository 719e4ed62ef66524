"""What patterns over words are built from; text goes through `lint.lexicon.fold` first."""

import re

STUDY = (
    r"(?:stud(?:y|ies)|trials?|research|evidence|reviews?|data|tests?|sources?|experiments?"
    r"|reports?|papers?|findings?|proof)"
)
WORD = r"[\w'-]+"


def any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")
