"""The picture that goes with a page where its address is shared: its title and how sure it is.

Drawn ahead by `manage.py make_cards` and kept by a hash of the words, so a card never tells other
ones than its page; a page whose card is not drawn yet names none. A claim's name and a page's
promises never stand on one without their labels.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from explainer.evidence.labels import Label
from explainer.kinds import CLAIM, PAGES
from explainer.library.models import Revision
from explainer.library.rendering import explain_page
from explainer.public.labels import Tally, tally_of_page
from explainer.public.navigation import HOME, navigation

SIZE = (1200, 630)
EDITION = "2"
"""Raised when cards are drawn in another way, so that none of the old ones is taken."""

_PAPER, _INK, _PETROL = "#fffdf9", "#2a1a3a", "#0a4859"
"""The palette's, by daylight."""
_MARK = settings.BASE_DIR / "static" / "icons" / "icon-192.png"
_MARGIN, _HEAD, _LEAD = 84, 172, 1.24
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-"})
_COUNT = re.compile(r"(\d+) ")


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card: a page's title, and its labels in words; `line` may be empty."""

    title: str
    line: str = ""

    @property
    def key(self) -> str:
        words = "\n".join((EDITION, settings.SITE_NAME, self.title, self.line))
        return hashlib.sha256(words.encode()).hexdigest()[:32]

    @property
    def path(self) -> Path:
        return folder() / f"{self.key}.png"

    @property
    def is_drawn(self) -> bool:
        return self.path.exists()

    @property
    def alternative(self) -> str:
        """Say in words what the picture shows."""
        ends = "" if self.title.endswith("?") else ":" if self.line else "."
        line = f" {self.line}." if self.line else ""
        return f"{settings.SITE_NAME}: {self.title}{ends}{line}"


def of_claim(name: str, label: Label) -> Card:
    return Card(name, f"{label.word}{label.reason}".removesuffix("."))


def of_article(title: str, tally: Tally) -> Card:
    return Card(title, tally.sentence if tally.total else "")


def every() -> Iterator[Card]:
    """Give the card of every published page and claim that has one."""
    links = navigation()
    for revision in Revision.objects.published().of(*PAGES).with_document():
        page = explain_page(revision)
        title = revision.document.kind.public_title(revision.fields)
        is_home = revision.document.key == HOME
        yield Card(title) if is_home else of_article(title, tally_of_page(page, links))
    for claim in Revision.objects.published().of(CLAIM).with_document():
        if claim.label and claim.fields["name"]:
            yield of_claim(claim.fields["name"], claim.label)


def folder() -> Path:
    return Path(settings.VAR_DIR) / "cards"


def keep(cards: Iterable[Card]) -> int:
    """Draw the cards that are not there yet and clear all others away; gives how many it drew."""
    folder().mkdir(parents=True, exist_ok=True)
    wanted, drawn = set(), 0
    for card in cards:
        wanted.add(card.path.name)
        if not card.is_drawn:
            _write(card.path, draw(card))
            drawn += 1
    # What another run is writing at this moment has another ending.
    for file in folder().glob("*.png"):
        if file.name not in wanted:
            file.unlink(missing_ok=True)
    return drawn


def _write(path: Path, data: bytes) -> None:
    # Under its name once it is whole: a reader may ask for it at any moment.
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(data)
    Path(file.name).replace(path)


def draw(card: Card) -> bytes:
    """Draw a card as a PNG of few colours; the same words always give the same bytes."""
    image = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, SIZE[1]), fill=_PETROL)
    with Image.open(_MARK) as mark:
        small = mark.convert("RGBA").resize((64, 64))
    image.paste(small, (_MARGIN, 60), small)
    pen.text((_MARGIN + 80, 68), settings.SITE_NAME, _PETROL, _font(40))
    line = _fitted(card.line, 46, room=120)
    below = SIZE[1] - 64 - _height(line)
    _lines(pen, line, below, _PETROL)
    _lines(pen, _fitted(card.title, 84, room=below - _HEAD - 16), _HEAD, _INK)
    file = BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    # Pillow brings it along, so a card looks alike on every machine.
    return ImageFont.load_default(size)  # type: ignore[return-value]


def _fitted(text: str, size: int, *, room: int) -> tuple[int, list[str]]:
    """Break a text into lines at the largest size at which they are no taller than that."""
    while True:
        found = size, list(_broken(text.translate(_PLAIN), _font(size)))
        if _height(found) <= room or size <= 28:
            return found
        size -= 4


def _height(fitted: tuple[int, list[str]]) -> int:
    return len(fitted[1]) * round(fitted[0] * _LEAD)


def _broken(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    line = ""
    for word in _COUNT.sub("\\1\u00a0", text).split(" "):
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > SIZE[0] - 2 * _MARGIN:
            yield line.replace("\u00a0", " ")
            longer = word
        line = longer
    if line:
        yield line.replace("\u00a0", " ")


def _lines(pen: ImageDraw.ImageDraw, fitted: tuple[int, list[str]], top: int, colour: str) -> None:
    size, lines = fitted
    for place, line in enumerate(lines):
        pen.text((_MARGIN, top + place * round(size * _LEAD)), line, colour, _font(size))
