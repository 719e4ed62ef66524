"""A page as Markdown, written from the HTML that readers get, so that the two cannot differ.

A sentence is followed by its label's words in brackets, as on the page; the brackets lead to the
claim's own page. Left out is what only a browser needs: menus of the same page, forms, pictures
(their facts stand beside them) and what opens on a press.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from explainer.text.html_tree import Node, tree_of

LEFT_OUT = frozenset(
    {"button", "dialog", "fieldset", "form", "input", "label", "noscript", "script", "select"}
    | {"style", "svg", "template", "textarea"}
)
HIDDEN = frozenset({"hidden", "popover", "data-no-markdown"})
"""Attributes of what is on no page until somebody asks, or is no part of the text."""

INLINE = frozenset(
    {"a", "abbr", "b", "br", "cite", "code", "data", "em", "i", "img", "mark", "q", "s", "small"}
    | {"span", "strong", "sub", "sup", "time"}
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_AROUND = {"em": "*", "i": "*", "cite": "*", "strong": "**", "b": "**", "s": "~~"}
_AROUND_WORDS = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_SIGNS = re.compile(r"([\\`*_\[\]<>~]|&(?=#?\w+;))")
_BEGINS = re.compile(r"^(?:([#+=-])|(\d{1,9})(?=[.)]))")
_CLAIM = re.compile(r"/claims/[a-z0-9-]+/[a-z0-9-]+/")
_TO_QUOTE = "Quote each sentence with its label in brackets, this address and the date."


@dataclass(frozen=True, slots=True)
class Copy:
    """The Markdown of a page and the page's own address."""

    text: str
    canonical: str


def copy_of(html: str) -> Copy | None:
    """Write a whole page as Markdown; None if it asks not to be listed, or names no address."""
    page = tree_of(html)
    main, canonical = page.find("main"), page.find("link", rel="canonical")
    if main is None or canonical is None or page.find("meta", name="robots", content="noindex"):
        return None
    address = canonical.attributes["href"]
    writer = _Writer(address, main)
    footer = page.find("footer") or Node("footer")
    notes = (writer.inline(node.children) for node in footer.walk() if node.tag == "p")
    source = f"Source: <{address}> {_TO_QUOTE}"
    return Copy("\n\n".join([*writer.blocks(main), "---", source, *notes]) + "\n", address)


def markdown_of(html: str, address: str) -> str:
    """Write a piece of HTML as Markdown; its links start from `address`."""
    piece = tree_of(html)
    return "\n\n".join(_Writer(address, piece).blocks(piece))


class _Writer:
    def __init__(self, address: str, main: Node) -> None:
        self.address = address
        self.ids = {node.attributes["id"]: node for node in main.walk() if "id" in node.attributes}

    def blocks(self, parent: Node) -> list[str]:
        """Write what stands in an element; words beside blocks are a paragraph of their own."""
        found: list[str] = []
        words: list[Node | str] = []
        for child in parent.children:
            if isinstance(child, str) or child.tag in INLINE:
                words.append(child)
            else:
                found += [*self._loose(words), *self._block(child)]
                words = []
        return found + self._loose(words)

    def _loose(self, words: Iterable[Node | str]) -> list[str]:
        text = self.inline(words)
        return [_begun(text)] if text else []

    def _block(self, node: Node) -> list[str]:
        if _is_left_out(node):
            return []
        own = {
            "p": self._paragraph,
            "figcaption": self._paragraph,
            "summary": self._summary,
            "blockquote": self._quoted,
            "ul": self._list,
            "ol": self._list,
            "dl": self._facts,
            "table": self._table,
            "pre": lambda node: [f"```\n{_text(node).strip()}\n```"],
            "hr": lambda _: ["---"],
            **dict.fromkeys(_HEADINGS, self._heading),
        }
        return own.get(node.tag, self.blocks)(node)

    def _heading(self, node: Node) -> list[str]:
        return [f"{'#' * int(node.tag[1])} {self.inline(node.children)}"]

    def _paragraph(self, node: Node) -> list[str]:
        return self._loose(_parted(node))

    def _summary(self, node: Node) -> list[str]:
        has_heading = any(inner.tag in _HEADINGS for inner in node.walk())
        return self.blocks(node) if has_heading else [f"**{self.inline(node.children)}**"]

    def _quoted(self, node: Node) -> list[str]:
        return ["\n".join(f"> {line}".rstrip() for line in _lines(self.blocks(node)))]

    def _list(self, node: Node) -> list[str]:
        return _joined(list(self._items(node)))

    def _items(self, node: Node) -> Iterator[str]:
        items = [child for child in node.elements if child.tag == "li"]
        down = "reversed" in node.attributes
        first = int(node.attributes.get("start") or (len(items) if down else 1))
        for place, item in enumerate(items):
            mark = "-" if node.tag == "ul" else f"{first - place if down else first + place}."
            if written := self.blocks(item):
                yield _item(mark, written)

    def _facts(self, node: Node) -> list[str]:
        return _joined(list(self._pairs(node)))

    def _pairs(self, node: Node) -> Iterator[str]:
        name = ""
        for child in node.walk():
            if child.tag == "dt":
                name = self.inline(child.children)
            elif child.tag == "dd":
                first, *rest = self.blocks(child) or [""]
                yield _item("-", [f"**{name}:** {first}", *rest])

    def _table(self, node: Node) -> list[str]:
        """Write a table: the first row heads it, for Markdown knows no table without a head."""
        caption = node.find("caption")
        told = [f"**{self.inline(caption.children)}**"] if caption else []
        found = [row for row in node.walk() if row.tag == "tr"]
        if rows := [[self._cell(cell) for cell in row.elements] for row in found]:
            lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
            told.append("\n".join(f"| {' | '.join(line)} |" for line in lines))
        return told

    def _cell(self, node: Node) -> str:
        lines = (line for line in _lines(self.blocks(node)) if line)
        return "<br>".join(lines).replace("|", "\\|")

    def inline(self, nodes: Iterable[Node | str]) -> str:
        """Write words and what stands among them in one line."""
        # Between two links that touch, a style sheet made the space.
        return " ".join(self._words(nodes).split()).replace(")[", ") [")

    def _words(self, nodes: Iterable[Node | str], *, linked: bool = False) -> str:
        return "".join(
            _escaped(node) if isinstance(node, str) else self._mark(node, linked) for node in nodes
        )

    def _mark(self, node: Node, linked: bool) -> str:
        # A link within a link is none: the outer one leads there.
        if _is_left_out(node):
            return ""
        if node.tag in ("br", "img", "code"):
            return self._alone(node)
        if _is_label(node):
            return self._linked(_escaped(_text(node)), None if linked else node.find("a"))
        if node.tag == "a":
            return self._linked(self._words(node.children, linked=True), None if linked else node)
        spaced = "" if node.tag in INLINE else " "
        inner = f"{spaced}{self._words(node.children, linked=linked)}{spaced}"
        around = _AROUND.get(node.tag, "") if inner.strip() else ""
        return _AROUND_WORDS.sub(rf"\1{around}\2{around}\3", inner, count=1)

    def _alone(self, node: Node) -> str:
        if node.tag == "img":
            words = _escaped(node.attributes.get("alt", ""))
            return f"![{words}]({self._to(node.attributes.get('src', ''))})"
        return f"`{_text(node)}`" if node.tag == "code" else " "

    def _linked(self, words: str, link: Node | None) -> str:
        if link is None or not words.strip() or not (href := link.attributes.get("href")):
            return words
        return _AROUND_WORDS.sub(rf"\1[\2]({self._to(href)})\3", words, count=1)

    def _to(self, href: str) -> str:
        """Give a whole address; one of an entry further down becomes that of its claim's page."""
        entry = self.ids.get(href.removeprefix("#")) if href.startswith("#") else None
        links = (node.attributes.get("href", "") for node in (entry.walk() if entry else ()))
        href = next((link for link in links if _CLAIM.fullmatch(link)), href)
        whole = urljoin(self.address, href)
        return f"<{whole}>" if set(whole) & set("() ") else whole


def _is_left_out(node: Node) -> bool:
    if node.tag in LEFT_OUT or HIDDEN & node.attributes.keys():
        return True
    if node.attributes.get("aria-hidden") == "true":
        return True
    links = [link.attributes.get("href", "") for link in node.walk() if link.tag == "a"]
    of_this_page = all(link.startswith("#") for link in links)
    return node.tag == "nav" and (
        of_this_page or node.attributes.get("aria-label") == "Breadcrumbs"
    )


def _is_label(node: Node) -> bool:
    return node.attributes.get("class", "").startswith("label")


def _parted(node: Node) -> list[Node | str]:
    """Put a sign between marks that only a style sheet keeps apart."""
    spans = node.elements
    told = "".join(child for child in node.children if isinstance(child, str)).strip()
    if told or len(spans) < 2 or any(span.tag != "span" or _is_label(span) for span in spans):
        return node.children
    signs = [sign for span in spans for sign in ("; ", span)]
    return signs[1:]


def _text(node: Node) -> str:
    words = (child if isinstance(child, str) else _text(child) for child in node.children)
    return "".join(words)


def _escaped(words: str) -> str:
    return _SIGNS.sub(r"\\\1", words)


def _begun(text: str) -> str:
    """Keep the first sign of a paragraph from making it a list or a heading."""
    return _BEGINS.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\", text)


def _lines(blocks: Sequence[str]) -> list[str]:
    return "\n\n".join(blocks).splitlines()


def _item(mark: str, blocks: Sequence[str]) -> str:
    indent = " " * (len(mark) + 1)
    first, *rest = _lines(blocks)
    return "\n".join([f"{mark} {first}", *(f"{indent}{line}".rstrip() for line in rest)])


def _joined(items: Sequence[str]) -> list[str]:
    if not items:
        return []
    loose = any("\n\n" in item for item in items)
    return [("\n\n" if loose else "\n").join(items)]
