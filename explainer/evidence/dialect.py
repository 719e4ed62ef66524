"""The form of the dialect: Markdown whose words say what kind of words they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from markdown_it.token import Token

from explainer.evidence.claims import CLAIM_KEY
from explainer.text import markdown, markup, sections
from explainer.text.links import is_whole, own_scheme
from explainer.text.problems import Problem, did_you_mean


class PartKind(StrEnum):
    """What a visible word can belong to; exactly one each."""

    CLAIM = "claim"
    RECORD = "record"
    BACKGROUND = "background"
    REPORTED = "reported"
    GUIDANCE = "guidance"
    HEADING = "heading"
    QUESTION = "question"
    UNTAGGED = "untagged"


CONTAINERS = (PartKind.BACKGROUND, PartKind.REPORTED, PartKind.GUIDANCE)
URGENT = "urgent"
"""Stands after guidance that says when to get help: it is shown in a way of its own."""
PICTURE = "picture"
"""A block around a picture's own words; it tags none of them."""
_BLOCKS = (*CONTAINERS, PICTURE)

_JUDGED = {"claim_open", "record_open"}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TELLS = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as marked tokens, with what is wrong with its form.

    Marks are tokens such as `claim_open`, `figure`, `part_close`. The key stands in `meta["key"]`,
    the line in `meta["at"]`.
    """

    tokens: tuple[Token, ...]
    problems: tuple[Problem, ...]


def parse(text: str, *, judged: bool = True) -> Parsed:
    """Read a text of the dialect. Never raises for anything an author can type.

    Not `judged`, it says nothing of signs and words that get lost, which takes as long as reading.
    """
    if problem := markdown.refusal(text):
        return Parsed((), (problem,))
    seen = markdown.without_hidden(text)
    # Who writes asks again and again; what readers see is read once.
    tokens = sections.tokens(seen) if judged else markdown.tokens(seen)[0]
    if problem := _too_much(tokens):
        return Parsed((), (problem,))
    problems = [*markdown.hidden(text, 1), *sections.lost(seen)] if judged else []
    problems += _mark_containers(tokens, seen.split("\n"))
    for inline in tokens:
        if inline.type == "inline":
            problems += _mark_inline(inline, judged=judged)
            inline.content = ""
    problems += _check_headings(tokens)
    _mark_row_heads(tokens)
    return Parsed(tuple(tokens), tuple(sorted(problems, key=lambda p: p.line)))


def _too_much(tokens: list[Token]) -> Problem | None:
    if deep := next((t for t in tokens if t.level > markdown.MAX_NESTING), None):
        line = markdown.line_of(deep) if deep.map else 0
        message = f"Lists, quotes or blocks are nested more than {markdown.MAX_NESTING} deep."
        return Problem("nested-too-deep", f"{message} Use fewer levels.", line)
    blocks = sum(token.type == "inline" for token in tokens)
    if blocks > markdown.MAX_BLOCKS:
        message = f"The text has {blocks} paragraphs, headings, items and cells;"
        return Problem("too-many-blocks", f"{message} at most {markdown.MAX_BLOCKS}. Split it.")
    return None


def _mark_containers(tokens: list[Token], lines: list[str]) -> Iterator[Problem]:
    open_parts: list[Token] = []
    for token in tokens:
        if token.type == "container_part_close":
            token.type = "part_close"
            token.meta = open_parts.pop().meta
        elif token.type == "container_part_open":
            name, *keys = token.info.split() or [""]
            start, end = token.map or [0, 0]
            kind = PartKind(name) if name in CONTAINERS else PartKind.UNTAGGED
            token.type = "part_open"
            token.meta = {"kind": kind, "keys": tuple(keys), "at": start + 1}
            if name == PICTURE:
                token.meta["picture"] = "".join(keys[:1])
            yield from _check_container(token, name, closed=_is_fence(lines, end))
            if open_parts:
                message = (
                    f"'::: {name}' stands inside another block. Close that one with ':::' first."
                )
                yield Problem("block-in-block", message, start + 1, params={"block": name})
            open_parts.append(token)


def _check_container(token: Token, name: str, *, closed: bool) -> Iterator[Problem]:
    line, params = token.meta["at"], {"block": name}
    if not name:
        message = "':::' closes nothing here, or opens a block without a name."
        yield Problem("block-without-name", message, line)
    elif name not in _BLOCKS:
        hint = did_you_mean(name, _BLOCKS) or " Use background, reported, guidance or picture."
        message = f"There is no block '::: {name}'.{hint}"
        yield Problem("unknown-block", message, line, params=params)
    yield from _check_keys(name, token.meta["keys"], line)
    if name and not closed:
        message = f"'::: {name}' is never closed. Put ':::' on a line of its own."
        yield Problem("block-not-closed", message, line, params=params)


def _check_keys(name: str, keys: tuple[str, ...], line: int) -> Iterator[Problem]:
    """Say what is wrong with the words after a block's name."""
    if name == PartKind.REPORTED and not keys:
        message = "'::: reported' names no source. Write '::: reported SOURCE-KEY'."
        yield Problem("reported-without-source", message, line)
    elif name == PICTURE and len(keys) != 1:
        message = "'::: picture' names one picture. Write '::: picture NAME'."
        yield Problem("picture-without-name", message, line)
    elif name == PartKind.GUIDANCE and keys not in ((), (URGENT,)):
        message = f"'::: guidance' takes nothing after its name but 'urgent'. Mend '{keys[0]}'."
        yield Problem("guidance-takes-urgent", message, line, params={"block": name})
    elif name == PartKind.BACKGROUND and keys:
        message = f"'::: {name}' takes nothing after its name. Take out '{keys[0]}'."
        yield Problem("block-takes-nothing", message, line, params={"block": name})


def _is_fence(lines: list[str], index: int) -> bool:
    return index < len(lines) and lines[index].lstrip("> \t").startswith(":::")


def _mark_row_heads(tokens: list[Token]) -> None:
    """Make the first cell of a row its head if it holds plain words and another is judged.

    So a run of claims can stand as a table, what each is about before it. The words of a head are
    held to the contract of a heading.
    """
    for start, opened in enumerate(tokens):
        if opened.type != "tr_open":
            continue
        end = next(at for at in range(start, len(tokens)) if tokens[at].type == "tr_close")
        cells = [at for at in range(start, end) if tokens[at].type == "td_open"]
        judged = any(_JUDGED & _types(tokens[at + 1]) for at in cells[1:])
        if judged and _types(tokens[cells[0] + 1]) == {"text"}:
            tokens[cells[0]].type, tokens[cells[0] + 2].type = "row_head_open", "row_head_close"


def _types(inline: Token) -> set[str]:
    return {child.type for child in inline.children or []}


def _mark_inline(inline: Token, *, judged: bool) -> Iterator[Problem]:
    closes: list[tuple[str, int]] = []
    line = start = markdown.line_of(inline)
    for child in inline.children or []:
        located = "line" in child.meta
        at = start + child.meta["line"] if located else line
        end = start + child.meta["end"] if located else at
        child.meta = {**child.meta, "at": at}
        line = at if child.type == "link_open" else end
        if child.type == "link_open":
            yield from _mark_link(child, at)
            closes.append((child.type.removesuffix("_open"), end))
        elif child.type == "link_close":
            name, line = closes.pop()
            child.type = f"{name}_close"
        elif child.type == "image":
            yield from _mark_image(child, at)
        elif judged and child.type in ("text", "code_inline"):
            if child.type == "text":
                yield from markup.look_alikes(child.content, at)
                yield from markup.unread(child.content, at)
            yield from markdown.hidden(child.content, at)


def _mark_link(token: Token, line: int) -> Iterator[Problem]:
    own = own_scheme(str(token.attrs.get("href", "")))
    if own is None:
        address = str(token.attrs.get("href", ""))
        if not is_whole(address):
            message = (
                f"The address '{address}' begins with no / or https://. Write it whole, as in "
            )
            message += "'https://www.example.org/', or as in '/about/' for a page of this site."
            yield Problem("address-not-whole", message, line, params={"address": address})
        return
    scheme, key = own
    token.meta["key"] = key
    params = {"scheme": scheme, "key": key}
    if token.info == "auto":
        # Its visible text would be the key; nobody writes that for a reader.
        message = f"Write '[]({scheme}:KEY)' instead of '<{scheme}:{key}>'."
        yield Problem("mark-in-angles", message, line, params=params)
    elif scheme == "figure":
        message = f"A figure is written '![what it shows](figure:{key})'."
        yield Problem("figure-as-link", message, line, params=params)
    else:
        token.type = f"{scheme}_open"
        form = _form_problem(scheme, key)
        if form:
            token.meta["malformed"] = True
            yield Problem("key-malformed", form, line, params=params)


def _form_problem(scheme: str, key: str) -> str:
    if scheme == "background":
        return f"'background:' takes no key. Take out '{key}'." if key else ""
    if scheme in ("claim", "record"):
        good, form = CLAIM_KEY.fullmatch(key), f"{scheme}:treatment/slug"
        return "" if good else f"'{scheme}:{key}' is not '{form}'. Correct the key."
    return "" if _SLUG.fullmatch(key) else f"'{scheme}:{key}' is not '{scheme}:key'. Correct it."


def _mark_image(token: Token, line: int) -> Iterator[Problem]:
    address = str(token.attrs.get("src", ""))
    scheme, key = own_scheme(address) or ("", "")
    token.type = "figure"
    token.meta["key"] = key = key if scheme == "figure" else ""
    words = markdown.alternative(token)
    yield from markdown.hidden(words, line)
    if not key:
        message = f"Images come from the library only: '{address}' is not 'figure:KEY'. "
        message += "Its text is shown instead."
        yield Problem("image-not-from-library", message, line, params={"address": address})
    elif not _TELLS.search(words):
        # Without words a screen reader takes a figure for decoration.
        message = f"The figure '{key}' has no words. Write '![what it shows](figure:{key})'."
        yield Problem("figure-without-words", message, line, params={"key": key})


def _check_headings(tokens: list[Token]) -> Iterator[Problem]:
    for token in tokens:
        if token.type == "heading_open" and token.markup in ("-", "="):
            message = "The line below underlines this paragraph, which makes it a heading. "
            message += "Write '## ' before a heading, or leave an empty line before '---'."
            yield Problem("underlined-heading", message, markdown.line_of(token))
        elif token.type == "heading_open" and token.tag in ("h1", "h5", "h6"):
            message = f"A heading of level {token.tag[1]}: use '##' to '####'."
            params = {"level": token.tag[1]}
            yield Problem("heading-level", message, markdown.line_of(token), params=params)
