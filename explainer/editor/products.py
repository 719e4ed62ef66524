"""The products that the form of a new claim offers, and the one that its sentence names."""

import re
from typing import Any

from explainer.evidence.levels import ANY_PRODUCT
from explainer.kinds import TREATMENT, Kind
from explainer.kinds.schema import Fields
from explainer.library.models import Document

_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SMALL = frozenset({"a", "and", "by", "from", "like", "of", "or", "the", "your"})
GENERAL = "The treatment in general"


def treatment_of(kind: Kind, typed: Any) -> Document | None:
    """Give the public treatment that is chosen already, if there is one."""
    key = str(typed.get("treatment") or "").replace("\x00", " ") if kind.needs_treatment else ""
    return _treatments().filter(key=key).first() if key else None


def of_all_treatments(kind: Kind) -> list[tuple[str, Any]]:
    """Give what may be chosen while no treatment is: all products, by treatment."""
    rows = _treatments().order_by("key")
    return [(ANY_PRODUCT, GENERAL), *((row.title, _products(kind, row)) for row in rows)]


def proposed(kind: Kind, initial: Fields, treatment: Document | None) -> str:
    """Give the product that a sentence names, or its article, or else the whole treatment."""
    words, known = str(initial.get("statement") or ""), str(initial.get("product") or "")
    return named_product(kind, words, treatment) or known or ANY_PRODUCT


def named_product(kind: Kind, words: str, treatment: Document | None) -> str:
    """Give the only product of a treatment that words name by key or whole name, or nothing.

    A name is what stands before its first comma: the rest explains it.
    """
    said = set(_WORD.findall(words.lower()))
    offered = _products(kind, treatment) if treatment and said else []
    found = [key for key, name in offered if _is_named(said, key, name)]
    return found[0] if len(found) == 1 else ""


def _is_named(said: set[str], key: str, name: str) -> bool:
    own = set(_WORD.findall(name.partition(",")[0].lower())) - _SMALL
    return key in said or (bool(own) and own <= said)


def _products(kind: Kind, treatment: Document) -> list[tuple[str, str]]:
    fields = treatment.live.fields if treatment.live else {}
    return [one for one in kind.choices("product", fields) if one[0] != ANY_PRODUCT]


def _treatments() -> Any:
    return Document.objects.filter(kind=TREATMENT, live__isnull=False).select_related("live")
