"""Pages are made ahead once for each edition, and not while one edition follows another."""

import pytest

from explainer.web.page_cache import warming


class Slept(Exception):
    """The test has seen enough looks."""


@pytest.fixture
def looks(monkeypatch):
    """Let a look find one edition after another; give what was public at each making."""

    def run(*editions, code=0):
        left, made = list(editions), []

        def sleep(_seconds):
            left.pop(0)
            if not left:
                raise Slept

        monkeypatch.setattr(warming.time, "sleep", sleep)
        with pytest.raises(Slept):
            warming._run(lambda: left[0], lambda: made.append(left[0]) or code)
        return made

    return run


@pytest.mark.parametrize(
    ("editions", "made"),
    [
        ("11", "1"),
        ("11111", "1"),
        ("112222", "12"),
        ("1121", "1"),
        ("123456", ""),
        ("1234566", "6"),
        ([None, None, None], ""),
        ([None, "1", None, "1", "1"], "1"),
    ],
)
def test_what_is_public_for_two_looks_is_made_once(looks, editions, made):
    assert looks(*editions) == [*made]


def test_a_making_that_fails_is_told_and_not_tried_for_ever(looks, caplog):
    assert looks("1", "1", "1", code=1) == ["1"]
    assert [record.getMessage() for record in caplog.records] == [
        "Pages could not be made ahead: build_pages ended with 1"
    ]


def test_the_command_runs_in_a_process_of_its_own_and_what_it_says_is_kept(tmp_path):
    manage, said = tmp_path / "manage.py", tmp_path / "said.log"
    manage.write_text("import sys; print(sys.argv[1:]); sys.exit(3)")

    assert warming.build_pages(manage, said) == 3
    assert said.read_text().startswith("['build_pages', '--verbosity', '0', '--beside', '")
