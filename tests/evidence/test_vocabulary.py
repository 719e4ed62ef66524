"""The lists of the vocabulary are all in use, and each can be compiled."""

import re
import tomllib
from importlib import resources

from explainer.evidence.lint import vocabulary
from explainer.evidence.lint.vocabulary import WordList

TEXT = resources.files("explainer.evidence.lint").joinpath("vocabulary.toml").read_text("utf-8")
LISTS = set(tomllib.loads(TEXT))


def test_each_list_is_asked_by_a_rule_or_stands_in_another_list():
    asked = {found.name for found in vars(vocabulary).values() if isinstance(found, WordList)}

    assert asked | (set(re.findall(r"<([a-z_]+)>", TEXT)) & LISTS) == LISTS
    assert len(asked) > 30


def test_each_list_that_a_rule_asks_can_be_compiled_and_finds_nothing_in_nothing():
    lists = [found for found in vars(vocabulary).values() if isinstance(found, WordList)]

    assert all(found.search("") is None or found.name == "lead" for found in lists)


def test_a_gap_and_a_wildcard_are_what_the_file_says():
    assert vocabulary.EFFECT.search("turns hair really thick")
    assert vocabulary.EFFECT.search("rejuvenating")
    assert vocabulary.THINGS.search("a stem-cell clinic")
