"""Every problem has a code that other surfaces can rely on."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import explainer
from explainer.text.problems import Problem, Refused

PACKAGE = Path(explainer.__file__).parent
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")


def calls(folder: Path) -> Iterator[tuple[str, str, ast.Call]]:
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Name(id="Problem" | "Refused" | "_unsure" as name)):
                    yield str(path.relative_to(PACKAGE)), name, node


def code_of(name: str, call: ast.Call) -> str | None:
    """Give the code a call writes: "x" for a part that is a variable, "" for one handed on."""
    place = 2 if name == "Refused" else 0
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    code = call.args[place] if len(call.args) > place else named.get("code")
    match code:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(p.value if isinstance(p, ast.Constant) else "x" for p in parts)
        case ast.Name(id="code") | ast.Attribute(attr="code"):
            return ""
    return None


def test_every_problem_of_the_core_has_a_code_of_one_meaning():
    used = defaultdict(list)
    for path, name, call in (*calls(PACKAGE / "evidence"), *calls(PACKAGE / "text")):
        code = code_of(name, call)
        assert code is not None, f"{path}:{call.lineno} has no code"
        if code:
            used[code].append(f"{path}:{call.lineno}")

    assert len(used) > 50
    assert {code: places for code, places in used.items() if len(places) > 1} == {}


def test_codes_are_kebab_case():
    codes = {code for path, name, call in calls(PACKAGE) if (code := code_of(name, call))}

    assert len(codes) > 70
    assert sorted(code for code in codes if not CODE.fullmatch(code)) == []


def test_equal_problems_are_one_in_a_set():
    problems = [Problem("unknown-claim", "No.", params={"key": key}) for key in ("a", "a", "b")]

    assert len({*problems}) == 2


@pytest.mark.parametrize(("prefix", "field"), [("", "says"), ("positions.1.", "positions.1.says")])
def test_a_refusal_becomes_a_problem_with_its_code(prefix, field):
    refused = Refused("says", "Nothing.", "position-silent", {"source": "review"})

    problem = refused.problem(line=3, prefix=prefix)

    assert problem == Problem("position-silent", "Nothing.", 3, field, params={"source": "review"})
