"""The sheet of what a reader kept: claims with their labels, their questions, and a code.

All of it stands in the address, by keys alone: `c` names claims, `q` claims of which only the
question is wanted, `since` the day of an earlier print. Nothing is stored here. The code leads
back to the same sheet, which then says what has changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import qrcode
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from explainer.evidence.claims import CLAIM_KEY, pieces_of
from explainer.evidence.labels import Label
from explainer.kinds import CLAIM
from explainer.library.models import Revision
from explainer.public import changelog, metadata
from explainer.public.views import show

PATH = "/bag/"
PARAMETERS = ("c", "q", "since")
MOST = 30
"""Keys that are read of an address: three sheets of paper."""
LONGEST_CODE = 1200
"""Characters of an address that a code 4 cm wide can hold and a phone can still read."""
QUIET = 4
"""Modules of white around a code, which readers of codes need (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A claim on the sheet, as it is today."""

    key: str
    name: str
    pieces: list[tuple[str, bool]]
    label: Label
    ask: str
    withdrawn: bool

    @property
    def url(self) -> str:
        return CLAIM.address(self.key)

    @property
    def address(self) -> str:
        return metadata.absolute(self.url)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; `left_out` counts the keys that were none or too many."""

    claims: tuple[str, ...]
    questions: tuple[str, ...]
    since: date | None
    left_out: int

    @property
    def keys(self) -> set[str]:
        return {*self.claims, *self.questions}


@dataclass(frozen=True, slots=True)
class Code:
    """An address as a QR code: the size of its square and the path of its dark modules.

    Both are empty for an address that is too long to be read off paper.
    """

    address: str
    size: int
    path: str


def read(parameters: Mapping[str, str], today: date) -> Asked:
    """Understand the parameters of an address; what is no key or no past day is left out."""
    typed = [parameters.get(name, "").split(",") for name in ("c", "q")]
    every = [[key.strip() for key in keys if key.strip()] for keys in typed]
    claims = [key for key in dict.fromkeys(every[0]) if CLAIM_KEY.fullmatch(key)][:MOST]
    room = MOST - len(claims)
    questions = [key for key in dict.fromkeys(every[1]) if CLAIM_KEY.fullmatch(key)][:room]
    unread = sum(len(set(keys)) for keys in every) - len(claims) - len(questions)
    return Asked(tuple(claims), tuple(questions), _day(parameters.get("since", ""), today), unread)


def _day(typed: str, today: date) -> date | None:
    try:
        found = date.fromisoformat(typed) if len(typed) == 10 else None
    except ValueError:
        return None
    return found if found and found <= today else None


def code_of(address: str) -> Code:
    if len(address) > LONGEST_CODE:
        return Code(address, 0, "")
    drawn = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_L, border=QUIET)
    drawn.add_data(address)
    modules = drawn.get_matrix()
    return Code(address, len(modules), "".join(_runs(modules)))


def _runs(modules: list[list[bool]]) -> Iterator[str]:
    # One step for each run of dark modules in a row: a third of the bytes of one for each.
    for y, row in enumerate(modules):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield f"M{start} {y}h{x - start}v1h-{x - start}z"
                start = None


@require_safe
@cache_control(no_store=True)
def bag(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = read(request.GET, today)
    found = {kept.key: (kept, document) for kept, document in _found(asked.keys)}
    claims = [found[key][0] for key in asked.claims if key in found]
    only = [found[key][0] for key in asked.questions if key in found]
    asks = dict.fromkeys(kept.ask for kept in (*claims, *only) if kept.ask and not kept.withdrawn)
    changed = {}
    if asked.since:
        documents = [found[kept.key][1] for kept in claims]
        changed = changelog.changed_since(asked.since, documents)
    return show(
        request,
        "bag.html",
        metadata.of_bag(),
        claims=claims,
        asks=list(asks),
        since=asked.since,
        changed=[(kept, changed[kept.key]) for kept in claims if kept.key in changed],
        same=any(kept.key not in changed for kept in claims),
        left_out=asked.left_out + len(asked.keys - found.keys()),
        today=today,
        code=code_of(_address(asked, found, today)) if found else None,
    )


def _found(keys: set[str]) -> Iterator[tuple[Kept, Any]]:
    rows = Revision.objects.published() | Revision.objects.withdrawn()
    rows = rows.of(CLAIM).filter(document__key__in=keys).select_related("document")
    names = ("name", "statement", "bearing", "ask")
    for row in rows.with_texts(*names).defer("fields", "file_text"):
        fields = {name: getattr(row, f"text_{name}") or "" for name in names}
        gone = row.is_withdrawn
        label = CLAIM.stored_label(fields, row.level, row.ground, withdrawn=gone)
        if label is not None:
            key, pieces = row.document.key, pieces_of(fields["statement"])
            yield Kept(key, fields["name"], pieces, label, fields["ask"], gone), row.document


def _address(asked: Asked, found: Mapping[str, Any], today: date) -> str:
    parts = {"c": asked.claims, "q": asked.questions}
    kept = {name: ",".join(key for key in keys if key in found) for name, keys in parts.items()}
    query = "&".join(f"{name}={keys}" for name, keys in kept.items() if keys)
    return metadata.absolute(f"{PATH}?{query}&since={today:%Y-%m-%d}")
