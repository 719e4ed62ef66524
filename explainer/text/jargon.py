"""Medical words that no glossary entry explains.

A heuristic for the editor's report, not a rule: a word counts as medical if it is built of Greek
and Latin parts; everyday words that happen to be built so are listed.
"""

import re
from collections import Counter
from collections.abc import Iterable

from explainer.text.remembered import remembered

_WORD = re.compile(r"[a-z][a-z-]*[a-z]")
_BUILT = re.compile(
    r"^(?:angio|anti(?:bod|gen|coag)|auto(?:immun|log)|cyto|derm|embol|epi(?:derm|thel)|fibro|"
    r"follic|gluco|haem|hem[ao]|hepat|hist(?:ol|opa|amin)|hyper(?!link)|hypo|immuno|intra|kerat|leuko|"
    r"lymph|mesench|micro(?:b|vas|graft|need)|myco|necro|neuro|onco|patho|phleb|pulmon|sub(?:cut)|"
    r"thromb|vaso|allo(?:gen))"
    r"|(?:aemia|emia|ectomy|genesis|genic|itis|kine|lysis|oma|opathy|osis|otomy|oxidil|pathy|penia|"
    r"plasia|plasm|plasty|steride|trophy|pecia|ology|cyte|blast|ase|amide|caine|mab|tinib)s?$"
)
_EVERYDAY = re.compile(
    r"(?:increase[sd]?|decrease|releases?|diseases?|eases?|please|erase|cease|purchase|(?:data)?base"
    r"|bases|(?:show)?case|cases|phases?|phrases?|diagnosis|aroma|apology|technology|intro"
    r"|microneedle|intranet|hypothesis)"
)


def undefined(texts: Iterable[str], defined: Iterable[str]) -> tuple[str, ...]:
    """Give medical words that no word of the glossary explains, most frequent first."""
    known = {part for word in defined for part in _WORD.findall(word.lower())}
    counted = Counter(
        word
        for text in texts
        for word in _WORD.findall(text.lower())
        if _is_medical(word) and not _is_known(word, known)
    )
    return tuple(word for word, _ in counted.most_common())


@remembered
def _is_medical(word: str) -> bool:
    return bool(not _EVERYDAY.fullmatch(word) and _BUILT.search(word))


def _is_known(word: str, known: set[str]) -> bool:
    return bool({word, word.removesuffix("s"), word.removesuffix("es")} & known)
