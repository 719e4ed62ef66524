"""The HTML of a clipboard, made into the few elements that the dialect has.

Each program writes its own: Word paragraphs that only look like lists, Google Docs everything in
one `<b>` that is not bold, LibreOffice `<font>` and footnotes as links. What is taken out or
changed is counted by name.
"""

import re
from collections import Counter
from collections.abc import Callable

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from explainer.text.pasted_links import cleaned
from explainer.text.pasted_lists import make_lists
from explainer.text.pasted_signs import in_one_line, raised
from explainer.text.pasted_tables import tables
from explainer.text.pasted_weights import HEADINGS, merge, weights

MOST_NESTED, MOST_BESIDE = 150, 3_000
TOO_MANY = (
    f"More than {MOST_NESTED} elements are within each other, or {MOST_BESIDE} beside each other. "
    "Paste plain text instead."
)
_NEVER = ["head", "style", "script", "meta", "link", "title", "xml", "template", "noscript", "col"]
_CONTROLS = ["button", "input", "select", "textarea", "iframe", "object", "video", "audio"]
_PICTURES = re.compile(r"img|picture|svg|canvas|v:(?:shape|imagedata)")
_PLAIN_COLOURS = frozenset(
    {
        "",
        "black",
        "windowtext",
        "auto",
        "inherit",
        "initial",
        "transparent",
        "white",
        "currentcolor",
    }
    | {"#000", "#000000", "#fff", "#ffffff", "rgb(0,0,0)", "rgb(255,255,255)", "rgba(0,0,0,0)"}
)
_COLOUR = re.compile(r"(?:^|;)\s*(?:color|background|background-color|mso-highlight)\s*:\s*([^;]+)")
_NOTE_MARK = re.compile(r"\[?\(?[\da-z*\u2020\u2021]{1,4}\)?\]?", re.IGNORECASE)
_COMMENT = re.compile(r"msocom|MsoComment|sdcomment|mso-element:\s*comment|mso-comment")


def tree_of_clipboard(html: str) -> tuple[BeautifulSoup, Counter[str]]:
    """Give the tree and what was left out or changed, by name (see `pasted.LEFT_OUT`).

    Raises ValueError for what no program writes, more elements within or beside each other than
    any text has: each step looks at all of them for each.
    """
    tree, told = BeautifulSoup(html, "html.parser"), Counter[str]()
    _check_size(tree)
    for found in tree.find_all(string=lambda text: isinstance(text, PreformattedString)):
        found.extract()
    for step in (_take_out, _colours, _notes, _changes, weights, _links, _headings):
        step(tree, told)
    make_lists(tree)
    _words(tree, told)
    tables(tree, told)
    merge(tree)
    return tree, told


def _check_size(tree: BeautifulSoup) -> None:
    depth = {id(tree): 0}
    if len(tree.contents) > MOST_BESIDE:
        raise ValueError(TOO_MANY)
    for tag in tree.find_all(True):
        depth[id(tag)] = depth[id(tag.parent)] + 1
        if depth[id(tag)] > MOST_NESTED or len(tag.contents) > MOST_BESIDE:
            raise ValueError(TOO_MANY)


def _style(tag: Tag) -> str:
    return str(tag.get("style") or "").lower()


def _take_out(tree: BeautifulSoup, told: Counter[str]) -> None:
    for tag in tree.find_all(_NEVER):
        tag.decompose()
    for tag in _present(tree, lambda tag: bool(_COMMENT.search(_marks(tag)))):
        told["comment"] += "list" not in _marks(tag) and tag.name != "a"
        tag.decompose()
    for tag in _present(tree, lambda tag: bool(_PICTURES.fullmatch(tag.name))):
        told["picture"] += 1
        tag.decompose()
    for tag in _present(tree, lambda tag: tag.name in _CONTROLS):
        told["control"] += 1
        tag.decompose()
    for tag in _present(tree, _is_hidden):
        told["hidden"] += bool(tag.get_text(strip=True))
        tag.decompose()


def _present(tree: BeautifulSoup, wanted: Callable[[Tag], bool]) -> list[Tag]:
    """Give what is wanted, the outermost alone: taking one out takes what is in it."""
    found: dict[int, Tag] = {}
    for tag in tree.find_all(wanted):
        if not any(id(outer) in found for outer in tag.parents):
            found[id(tag)] = tag
    return [*found.values()]


def _marks(tag: Tag) -> str:
    return f"{tag.get('class') or ''} {tag.get('style') or ''}"


def _is_hidden(tag: Tag) -> bool:
    style = _style(tag).replace(" ", "")
    return "display:none" in style or "mso-hide:all" in style or tag.has_attr("hidden")


def _colours(tree: BeautifulSoup, told: Counter[str]) -> None:
    seen = set()
    for tag in tree.find_all(True):
        found = [value.strip() for value in _COLOUR.findall(_style(tag))]
        found += [str(tag.get(name, "")).lower() for name in ("color", "bgcolor")]
        seen |= {value.replace(" ", "") for value in found} - _PLAIN_COLOURS
    told["colour"] += len(seen)


def _notes(tree: BeautifulSoup, told: Counter[str]) -> None:
    """Take out the marks of footnotes; the notes themselves stay, where they stand."""
    for link in tree.find_all("a"):
        marks, target = f"{_marks(link)} {link.get('id', '')}", str(link.get("href", ""))
        within = "#" in target and (link.find_parent("sup") or link.find("sup"))
        known = re.search(r"sdfootnote|sdendnote|mso-(?:foot|end)note-id|ftnt|ftn", marks + target)
        if (within or known) and _NOTE_MARK.fullmatch(link.get_text(strip=True)):
            # Each note has two marks: where it belongs, and before its own words.
            told["footnote"] += "sym" not in marks and "ref" not in target
            (link.find_parent("sup") or link).decompose()


def _changes(tree: BeautifulSoup, told: Counter[str]) -> None:
    for tag in _present(tree, lambda tag: tag.name == "del" or "msoDel" in _marks(tag)):
        told["change"] += bool(tag.get_text(strip=True))
        tag.decompose()
    for tag in tree.find_all(lambda tag: tag.name == "ins" or "msoIns" in _marks(tag)):
        told["inserted"] += bool(tag.get_text(strip=True))
        tag.unwrap()
    for tag in tree.find_all(["s", "strike", "span"]):
        struck = tag.name != "span" or "line-through" in _style(tag)
        if struck:
            told["struck"] += bool(tag.get_text(strip=True))
            tag.unwrap()


def _links(tree: BeautifulSoup, told: Counter[str]) -> None:
    for link in tree.find_all("a"):
        address, taken = cleaned(str(link.get("href", "")))
        told["tracking"] += taken
        if address and link.get_text(strip=True):
            link.attrs = {"href": address}
        else:
            told["link"] += link.has_attr("href") and bool(link.get_text(strip=True))
            link.unwrap()


def _headings(tree: BeautifulSoup, told: Counter[str]) -> None:
    for tag in tree.find_all("p", class_=re.compile(r"^MsoTitle$")):
        tag.name = "h1"
    within = ["li", "td", "th"]
    said = [tag for tag in tree.find_all(HEADINGS) if tag.get_text(strip=True)]
    levels = sorted({tag.name for tag in said if not tag.find_parent(within)})
    for tag in tree.find_all(HEADINGS):
        if not tag.get_text(strip=True):
            tag.decompose()
        elif tag.find_parent(within):
            tag.name = "strong"
        else:
            name = f"h{min(levels.index(tag.name) + 2, 4)}"
            told["heading"] += name != tag.name
            tag.name = name


def _words(tree: BeautifulSoup, told: Counter[str]) -> None:
    for text in tree.find_all(string=True):
        if isinstance(text, NavigableString):
            within = text.find_parent(["sup", "sub"])
            words, signs = in_one_line(str(text))
            told["sign"] += signs
            text.replace_with(raised(words, within.name) if within else words)
