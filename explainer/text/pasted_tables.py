"""Tables of a clipboard: as many cells as each row covers, and none that is only a layout."""

from collections import Counter

from bs4 import BeautifulSoup
from bs4.element import Tag

_CELLS = ["td", "th"]
_WIDEST = 20
"""Columns that one cell may stand for; a page may claim thousands."""


def tables(tree: BeautifulSoup, told: Counter[str]) -> None:
    for table in tree.find_all("table"):
        rows = table.find_all("tr")
        widest = max((len(row.find_all(_CELLS)) for row in rows), default=0)
        if widest < 2 or table.find("table"):
            _lay_flat(table)
            continue
        for caption in table.find_all("caption"):
            caption.name = "p"
            table.insert_before(caption.extract())
        for place, row in enumerate(rows):
            _plain(row, told, is_first=place == 0)


def _lay_flat(table: Tag) -> None:
    for part in (table, *table.find_all(["tr", "tbody", "thead", "tfoot", *_CELLS])):
        part.name, part.attrs = "div", {}


def _plain(row: Tag, told: Counter[str], *, is_first: bool) -> None:
    if not row.get_text(strip=True):
        row.decompose()
        return
    for cell in row.find_all(_CELLS):
        told["joined"] += len(cell.find_all(["p", "li"])) > 1
        told["cell"] += cell.has_attr("rowspan") or cell.has_attr("colspan")
        wide = str(cell.get("colspan", ""))
        is_wide = wide.isdecimal() and len(wide) < 4
        cell.attrs = {"colspan": str(min(int(wide), _WIDEST))} if is_wide else {}
        # The first row is the head of the table, and heads are bold by themselves.
        for strong in cell.find_all("strong") if is_first else ():
            strong.unwrap()
