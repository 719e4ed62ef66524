"""Resolved tokens become HTML: words, labels and boxes, nothing an author can imitate.

Every word is escaped.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from explainer.evidence.allowlist import closing, element, opening, written
from explainer.evidence.claims import Record
from explainer.evidence.context import AssessedClaim, Figure
from explainer.evidence.dialect import URGENT, PartKind
from explainer.text.links import is_allowed, leaves_site
from explainer.text.markdown import alternative, line_of
from explainer.text.words import slug

UNAVAILABLE = "(Evidence not available.)"
PART_TITLES = {
    PartKind.REPORTED: "What others report, not endorsed",
    PartKind.GUIDANCE: "What you can do or ask",
}
HELP_TITLE = "When to get help"
PICTURE_TABLE = "The same as a table"

PAGE_IDS = frozenset(
    {"main", "contents", "claims", "sources", "sheets", "companions", "treatments"}
    | {"how-to-read-a-label", "persons", "help", "ask", "scene-cell"}
)
"""The ids that templates give on a page which shows a text with anchors."""
SHORT_PREFIX = "short-"
"""Keeps the ids of a short answer apart from those of the body below it."""
_ID_FAMILIES = ("c-", "label-", "picture-", "people-", SHORT_PREFIX)

_PLAIN = frozenset({"paragraph", "blockquote", "bullet_list", "list_item", "strong"})
_NOTHING_IN = re.compile(r"<p>(?:\s|<br>)*</p>")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a rendered text; `boxed` if it stands inside a box, list or quote.

    `id` is empty in a text that is rendered without anchors.
    """

    level: int
    id: str
    text: str
    line: int
    boxed: bool = False


@dataclass(slots=True)
class _Writing:
    """Where one rendering stands; `taken` counts ids, `ends` are elements still open.

    `paragraph`, `heading` and `picture` (a picture's block) are True inside one; `marks` counts
    the inline elements open.
    """

    prefix: str | None
    html: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)
    ends: list[str] = field(default_factory=list)
    paragraph: bool = False
    heading: bool = False
    marks: int = 0
    claim: bool = False
    picture: bool = False


def anchor(key: str) -> str:
    return f"c-{key.replace('/', '-')}"


def render(tokens: Sequence[Token], *, prefix: str | None = "") -> tuple[str, tuple[Heading, ...]]:
    """Write tokens as HTML, which still has to pass `sanitise`.

    `prefix` keeps the ids of headings apart; None gives them none, and lets labels lead to the
    claims' own pages instead of the end of this one.
    """
    writing = _Writing(prefix)
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            _open_heading(writing, token, tokens[index + 1])
        else:
            _write(writing, token)
    # What stood between two claims of one paragraph, if nothing did.
    return _NOTHING_IN.sub("", "".join(writing.html)), tuple(writing.headings)


def verdict(kind: str, line: tuple[str, str, str], told: str = "", href: str = "") -> str:
    """Write what follows a sentence, in brackets for whoever hears or copies it."""
    lead, word, reason = line
    named = {"aria-label": told} if told else {}
    link = element("a", word, href=href, **named) if href else element("strong", word)
    start = opening("span", class_=f"label--{kind}")
    return f"{start}<b>(</b>{written(lead)}{link}{written(reason)}<b>)</b>{closing('span')}"


def _write(writing: _Writing, token: Token) -> None:
    out = writing.html
    name, _, side = token.type.rpartition("_")
    _follow(writing, token, name)
    if own := _OWN.get(name):
        own(writing, token)
    elif token.type == "inline":
        for child in token.children or []:
            _write(writing, child)
    elif name in _PLAIN and not (token.hidden and name == "paragraph"):
        out.append(opening(token.tag) if side == "open" else closing(token.tag))
    elif token.type in _FIXED or token.type in _WRITERS:
        out.append(_FIXED.get(token.type) or _WRITERS[token.type](token))
    elif side == "open" and name in _MARKS:
        start, end = _MARKS[name](token)
        out.append(start)
        writing.ends.append(end)
    elif name in _MARKS or token.type == "heading_close":
        out.append(writing.ends.pop())


def _emphasis(writing: _Writing, token: Token) -> None:
    # Within a claim it marks the words that somebody says.
    tag = "i" if writing.claim else "em"
    writing.html.append(opening(tag) if token.nesting == 1 else closing(tag))


def _follow(writing: _Writing, token: Token, name: str) -> None:
    if name == "paragraph":
        writing.paragraph = token.nesting == 1 and not token.hidden
    elif name in ("heading", "th"):
        writing.heading = token.nesting == 1
    elif name in ("strong", "em", "link", "term", "source"):
        writing.marks += token.nesting


def _judged(writing: _Writing, token: Token) -> None:
    """Open or close a claim or record: a paragraph of its own wherever one can stand."""
    if token.nesting == -1:
        writing.html.append(writing.ends.pop())
        writing.claim = False
        return
    item: AssessedClaim | Record | None = token.meta.get("assessed") or token.meta.get("record")
    gone = isinstance(item, Record) and item.withdrawn
    gone = gone or (isinstance(item, AssessedClaim) and item.claim.withdrawn)
    alone = not writing.heading and not writing.marks
    around = "p" if alone else "span"
    start = opening(around, class_="claim claim--withdrawn" if gone else "claim")
    stop = closing(around)
    if alone and writing.paragraph:
        start, stop = f"{closing('p')}{start}", f"{stop}{opening('p')}"
    writing.html.append(f"{start}{opening('s')}" if gone else start)
    writing.ends.append(
        f"{closing('s') if gone else ''} {_marked(item, stays=writing.prefix is not None)}{stop}"
    )
    writing.claim = True


def _marked(item: AssessedClaim | Record | None, *, stays: bool) -> str:
    """Write the verdict or mark after a sentence."""
    if item is None:
        return element("span", UNAVAILABLE, class_="label")
    if isinstance(item, Record):
        href, told = f"/records/{item.key}/", f"{item.mark}. {item.name or item.statement}"
        kind = "withdrawn" if item.withdrawn else "record"
        return verdict(kind, ("", item.mark, "."), told, href)
    label, claim = item.label, item.claim
    line = (label.lead, label.verdict, label.reason)
    href = f"#{anchor(claim.key)}" if stays else f"/claims/{claim.key}/"
    return verdict(label.modifier, line, label.asked(claim.name), href)


def _mention(name: str, token: Token, address: str, **class_: str) -> tuple[str, str]:
    if name not in token.meta:
        return "", ""
    return opening("a", **class_, href=address.format(token.meta["key"])), "</a>"


def _link(token: Token) -> tuple[str, str]:
    href = str(token.attrs.get("href", ""))
    if not is_allowed(href):
        return "", ""
    away = {"rel": "noopener noreferrer external"} if leaves_site(href) else {}
    return opening("a", href=href, **away), "</a>"


def _figure(token: Token) -> str:
    figure: Figure | None = token.meta.get("figure")
    words = alternative(token)
    if figure is None:
        return written(words)
    size = {"width": str(figure.width), "height": str(figure.height)}
    return opening("img", class_="figure", src=figure.src, alt=words, **size, loading="lazy")


def _block(writing: _Writing, token: Token) -> None:
    if token.nesting == -1:
        writing.html.append(writing.ends.pop())
        writing.picture = False
        return
    writing.picture = "picture" in token.meta
    start, end = _picture(writing, token) if writing.picture else _part(token)
    writing.html.append(start)
    writing.ends.append(end)


def _picture(writing: _Writing, token: Token) -> tuple[str, str]:
    """Write the place of a drawing, which is put in behind the sanitiser, before its words.

    A text without anchors shows the words alone: the ids of a drawing would not be its own.
    """
    name, place = token.meta["picture"], ""
    if token.meta.get("drawn") and writing.prefix is not None:
        id_ = _count_up(writing, f"{writing.prefix}picture-{name}")
        place = element("div", "", class_=f"picture__drawing picture__drawing--{name}", id=id_)
    words = opening("div", class_="picture__words")
    start = f"{opening('figure', class_='picture')}{place}{words}"
    return start, f"{closing('div')}{closing('figure')}"


def _table(writing: _Writing, token: Token) -> None:
    table = _FIXED[token.type]
    if writing.picture and token.nesting == 1:
        folded = element("summary", PICTURE_TABLE, class_="picture__open")
        table = f"{opening('details', class_='picture__table')}{folded}{table}"
    elif writing.picture:
        table += closing("details")
    writing.html.append(table)


def _part(token: Token) -> tuple[str, str]:
    kind = token.meta["kind"]
    if kind not in PART_TITLES:
        return "", ""
    sources = token.meta.get("sources", ())
    words, look = PART_TITLES[kind], f"part part--{kind}"
    if kind is PartKind.GUIDANCE and URGENT in token.meta["keys"]:
        words, look = HELP_TITLE, f"{look} part--urgent"
    if kind is PartKind.REPORTED and any(not source.is_independent for source in sources):
        words = words.replace("others", "clinics")
    title = element("p", words)
    start, end = f"{opening('div', class_=look)}{title}", closing("div")
    links = "; ".join(
        element("a", f"“{source.title}”", class_="source", href=f"/sources/{source.key}/")
        for source in sources
    )
    reported = f"{opening('p', class_='part__sources')}Reported by: {links}{closing('p')}"
    return start, f"{reported}{end}" if links else end


def _open_heading(writing: _Writing, token: Token, inline: Token) -> None:
    # The page owns h1, so a body's headings stay between h2 and h4.
    tag = f"h{min(max(int(token.tag[1]), 2), 4)}"
    text = "".join(
        " " if child.type.endswith("break") else child.content or alternative(child)
        for child in inline.children or []
    )
    name = "" if writing.prefix is None else _free_id(writing, slug(text))
    heading = Heading(int(tag[1]), name, text.strip(), line_of(token), token.level > 0)
    writing.headings.append(heading)
    writing.html.append(opening(tag, id=name) if name else opening(tag))
    writing.ends.append(f"{closing(tag)}\n")


def _free_id(writing: _Writing, name: str) -> str:
    # "part-", which no template begins an id with, is for names that would be one of its ids.
    base = f"{writing.prefix}{name}"
    if base in PAGE_IDS or name.startswith(_ID_FAMILIES):
        base = f"{writing.prefix}part-{name}"
    return _count_up(writing, base)


def _count_up(writing: _Writing, base: str) -> str:
    free = base
    while free in writing.taken:
        writing.taken[base] += 1
        free = f"{base}-{writing.taken[base]}"
    writing.taken[free] = 1
    return free


def _code(token: Token) -> str:
    return f"{opening('pre')}{element('code', token.content)}{closing('pre')}"


_OWN = {
    "claim": _judged, "record": _judged, "em": _emphasis, "part": _block, "table": _table,
}  # fmt: skip

_MARKS = {
    "background": lambda _: ("", ""),
    "term": lambda token: _mention("term", token, "/glossary/#term-{}"),
    "source": lambda token: _mention("source", token, "/sources/{}/", class_="source"),
    "link": _link,
}

_FIXED = {
    "ordered_list_close": closing("ol"),
    # A narrow screen lays a table out as blocks; its parts stay what they are by their roles.
    "table_open": f"{opening('div', class_='table-scroll')}{opening('table', role='table')}",
    "table_close": f"{closing('table')}{closing('div')}",
    "thead_open": opening("thead", role="rowgroup"),
    "thead_close": closing("thead"),
    "tbody_open": opening("tbody", role="rowgroup"),
    "tbody_close": closing("tbody"),
    "tr_open": opening("tr", role="row"),
    "tr_close": closing("tr"),
    "td_open": opening("td", role="cell"),
    "td_close": closing("td"),
    "th_open": opening("th", role="columnheader", scope="col"),
    "th_close": closing("th"),
    "row_head_open": opening("th", role="rowheader", scope="row"),
    "row_head_close": closing("th"),
    "hr": opening("hr"),
    "hardbreak": f"{opening('br')}\n",
    "softbreak": "\n",
}

_WRITERS: dict[str, Callable[[Token], str]] = {
    "text": lambda token: written(token.content),
    "code_inline": lambda token: element("code", token.content),
    "figure": _figure,
    "fence": _code,
    "code_block": _code,
    "ordered_list_open": lambda token: opening(
        "ol", **{name: str(value) for name, value in token.attrs.items() if name == "start"}
    ),
}
