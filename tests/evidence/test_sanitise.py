"""The sanitiser is the last step: it changes nothing of ours and lets nothing else pass."""

import ast
from html.parser import HTMLParser
from pathlib import Path

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.evidence import render as render_module
from explainer.evidence.allowlist import CLASS, EMITTED, NotEmitted, opening
from explainer.evidence.context import resolve
from explainer.evidence.coverage import account
from explainer.evidence.dialect import parse
from explainer.evidence.pipeline import explain
from explainer.evidence.render import render
from explainer.evidence.sanitise import sanitise
from explainer.text.links import is_allowed
from tests.evidence.invented import CONTEXT
from tests.evidence.test_coverage import PIECES, case_files

PACKAGE = Path(render_module.__file__).parents[1]

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='javascript:123'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<a href='data:1'>x</a>",
    "<a href='//evil.example/'>x</a>",
    "<a href='/\\evil.example/'>x</a>",
    "<a href='claim:12'>x</a>",
    "<iframe src='/'></iframe>",
    "<p style='position:fixed'>x</p>",
    "<p id='x' class='banner' onclick='x()'>x</p>",
    "<span class='label label--proven'>Proven</span>",
    "<form action='/x'><input name=q></form>",
    "<math><mi xlink:href='data:x'>x</mi></math>",
    "<style>*{display:none}</style>",
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<a href='https://ok.example/' target=_blank rel=opener>x</a>",
    "<!-- <img src=x> -->",
    "<p><b",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
]


class Judge(HTMLParser):
    """An independent walk: collects every element and attribute that is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMITTED:
            self.foreign.append(tag)
        for name, value in attrs:
            good = name in EMITTED.get(tag, ()) and value is not None
            if name in ("href", "src"):
                good = good and is_allowed(value or "")
            if name == "class":
                good = good and CLASS.fullmatch(value or "") is not None
            if not good:
                self.foreign.append(f"{tag} {name}={value}")


def foreign(html: str) -> list[str]:
    judge = Judge()
    judge.feed(html)
    judge.close()
    return judge.foreign


def rendered(text: str) -> str:
    return render(resolve(parse(text), CONTEXT).tokens)[0]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_active_passes_the_sanitiser(payload: str) -> None:
    assert foreign(sanitise(payload)) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_active_passes_the_renderer_alone(payload: str) -> None:
    assert (
        foreign(rendered(f"{payload}\n\n[{payload}](claim:t/hope)\n\n| {payload} |\n|---|")) == []
    )


def test_our_own_html_passes_unchanged_and_both_sanitisers_agree() -> None:
    texts = [text for _, text, _ in case_files()]

    for text in texts:
        html = rendered(text)
        assert sanitise(html) == html
        assert sanitise(html) == sanitise(
            nh3.clean(
                html,
                link_rel=None,
                tags=set(EMITTED),
                attributes={tag: set(names) for tag, names in EMITTED.items()},
            )
        )
    assert len(texts) >= 100


def test_nh3_reads_first_and_bleach_reads_what_nh3_left(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []

    def first(html: str, **_: object) -> str:
        given.append(html)
        return '<p onclick="x()">What nh3 left.</p>'

    monkeypatch.setattr(nh3, "clean", first)

    assert sanitise("<p>Read by both.</p>") == "<p>What nh3 left.</p>"
    assert given == ["<p>Read by both.</p>"]


@given(st.text(max_size=300))
def test_sanitising_twice_is_sanitising_once(html: str) -> None:
    once = sanitise(html)

    assert sanitise(once) == once
    assert foreign(once) == []


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_a_reader_gets_is_only_ours(text: str) -> None:
    assert foreign(explain(text, CONTEXT).html) == []


def test_the_renderer_cannot_leave_its_vocabulary() -> None:
    with pytest.raises(NotEmitted, match="onclick"):
        opening("p", onclick="x()")
    with pytest.raises(NotEmitted, match="script"):
        opening("script")


def test_bleach_nh3_and_mark_safe_have_one_caller_each() -> None:
    callers: dict[str, set[str]] = {"bleach": set(), "nh3": set(), "mark_safe": set()}

    files = list(PACKAGE.rglob("*.py"))
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            names = (
                {alias.name for alias in node.names}
                if isinstance(node, ast.Import | ast.ImportFrom)
                else set()
            )
            modules = {getattr(node, "module", None) or "", *names}
            for name, found in callers.items():
                if any(name == part.split(".")[0] for part in modules) or name in names:
                    found.add(path.name)

    assert len(files) > 30
    assert callers == {
        "bleach": {"sanitise.py"},
        "nh3": {"sanitise.py"},
        "mark_safe": {"rendering.py"},
    }


def test_what_was_rendered_is_read_by_nobody_but_the_step_that_makes_it_safe() -> None:
    readers = {
        path.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "raw"
    }

    assert readers == {"pipeline.py"}


def test_who_judges_a_text_pays_for_no_sanitiser(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(
        "explainer.evidence.pipeline.sanitise", lambda html: looked.append(html) or "<p>Safe.</p>"
    )

    explanation = explain("[](claim:t/hope) and more", CONTEXT)

    assert [it.code for it in explanation.problems] == ["untagged-words"]
    assert looked == []
    assert explanation.html == "<p>Safe.</p>"
    assert looked == [explanation.raw]


def test_accounting_and_rendering_read_the_same_tokens() -> None:
    resolved = resolve(parse("[](claim:t/hope) and more"), CONTEXT)

    html, _ = render(resolved.tokens)

    assert account(resolved.tokens).blocks[0].text == "The treatment may help some hair. and more"
    assert "The treatment may help some hair." in html


def test_what_passed_unchanged_is_not_looked_at_again_and_anything_else_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = "<p>Looked at once.</p>", '<p onclick="x()">Looked at each time.</p>'
    looked: list[str] = []
    clean = nh3.clean
    monkeypatch.setattr(
        nh3, "clean", lambda html, **rest: looked.append(html) or clean(html, **rest)
    )

    given = [sanitise(html) for html in (ours, theirs, ours, theirs, f"{ours} And more.")]

    assert given == [ours, "<p>Looked at each time.</p>"] * 2 + [f"{ours} And more."]
    assert looked == [ours, theirs, theirs, " And more."]
