"""The shape of the house: sizes, a plate in each room, and no paper cited that is not here."""

import re
from pathlib import Path

from django.conf import settings

ROOT = settings.BASE_DIR
CODE = ROOT / "explainer"
ROOMS = sorted(path.parent for path in CODE.glob("*/__init__.py"))
PYTHON = sorted([*CODE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
RUN_BY = [ROOT / "justfile", ROOT / ".ci" / "run"]

LINES_OF_README = 100
LINES_OF_PLATE = 60
LINES_OF_ROOM = 3_500
LINES_OF_MODULE = 350

STILL_LARGER = {
    "tests/evidence/test_sentences.py": 418,
}
"""What is above its limit today, and may only shrink; a line that is not needed any more fails."""

CITED = re.compile(
    r"requirements? [A-Z]+[0-9]|stack\.md|issue [0-9]|\(design|design, |[ (][A-Z][0-9]{1,2}\)"
)
METHOD_SECTION = re.compile(r"method, section (\d)")
LINK = re.compile(r"\]\((?![a-z]+:)([^)#]+)")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return path.read_text().count("\n")


def written(paths: list[Path]) -> list[Path]:
    """Leave out what makemigrations wrote."""
    return [path for path in paths if "migrations" not in path.parts]


def test_the_readme_is_for_a_newcomer() -> None:
    assert lines(ROOT / "README.md") <= LINES_OF_README


def test_every_room_has_a_plate_that_is_read_in_a_minute() -> None:
    places = [CODE, *ROOMS, ROOT / "tests"]
    missing = [name(place) for place in places if not (place / "README.md").is_file()]
    assert not missing

    too_long = {
        name(place): n for place in places if (n := lines(place / "README.md")) > LINES_OF_PLATE
    }
    assert len(ROOMS) == 15
    assert not too_long


def test_every_link_between_our_own_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *ROOT.glob(".github/*.md"), *CODE.rglob("*.md")]
    links = [(page, link) for page in documents for link in LINK.findall(page.read_text())]
    dead = [f"{name(page)}: {link}" for page, link in links if not (page.parent / link).exists()]
    assert len(links) > 10
    assert not dead


def test_no_room_and_no_module_is_larger_than_a_person_can_hold() -> None:
    rooms = {name(room): sum(map(lines, written([*room.rglob("*.py")]))) for room in ROOMS}
    modules = {name(path): lines(path) for path in written(PYTHON)}
    assert len(modules) > 300
    large = {place: n for place, n in rooms.items() if n > LINES_OF_ROOM} | {
        place: n for place, n in modules.items() if n > LINES_OF_MODULE
    }

    grown = {place: n for place, n in large.items() if n > STILL_LARGER.get(place, 0)}
    assert not grown
    assert not {*STILL_LARGER} - {*large}, "Take this line out of STILL_LARGER: it is not needed."


def test_no_python_file_cites_a_paper_that_is_not_in_the_repository() -> None:
    found = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in PYTHON
        if path != Path(__file__)
        for number, line in enumerate(path.read_text().split("\n"), 1)
        if CITED.search(line)
    ]
    assert not found


def test_every_section_of_the_method_that_is_cited_is_there() -> None:
    text = (CODE / "evidence" / "METHOD.md").read_text()
    sections = set(re.findall(r"^## (\d)\. ", text, re.M))
    cited = {one for path in PYTHON for one in METHOD_SECTION.findall(path.read_text())}
    assert cited
    assert cited <= sections


def test_the_commands_of_the_readme_are_those_that_are_run() -> None:
    commands = re.findall(r"^python3 -m venv .*$", (ROOT / "README.md").read_text(), re.M)
    assert len(commands) == 2
    for place in RUN_BY:
        assert all(command in place.read_text() for command in commands), name(place)
