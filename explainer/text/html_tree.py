"""A page's HTML as a small tree: what our own templates write, and no stranger's markup."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"})


@dataclass(slots=True)
class Node:
    """An element: its tag, its attributes, and the texts and elements in it, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def elements(self) -> "list[Node]":
        return [child for child in self.children if isinstance(child, Node)]

    def walk(self) -> "Iterator[Node]":
        """Give the element and all within it, in the order of the page."""
        yield self
        for child in self.elements:
            yield from child.walk()

    def find(self, tag: str, **attributes: str) -> "Node | None":
        """Give the first element of that tag with these attributes, or None."""
        wanted = attributes.items()
        every = (node for node in self.walk() if node.tag == tag)
        return next((node for node in every if wanted <= node.attributes.items()), None)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        # What is not open cannot be closed; what was left open inside ends here.
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                continue

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # SVG closes its elements so: <path/>.
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree_of(html: str) -> Node:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.open[0]
