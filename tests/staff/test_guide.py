"""The guide teaches what the rules allow, in the words that readers get."""

import re
from html import unescape
from itertools import chain

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from explainer.evidence.claims import unmarked
from explainer.evidence.dialect import parse
from explainer.evidence.labels import SCALE
from explainer.evidence.levels import Finding, Ground
from explainer.evidence.lint import sentences
from explainer.evidence.lint.statements import check_statement
from explainer.staff import guide

KIB = 1024


@pytest.fixture
def page(desk_of_ana):
    return desk_of_ana.get(reverse("staff-guide")).text


def test_every_label_is_explained_as_to_readers(page):
    said = " ".join(page.split())

    for label in SCALE:
        assert f"<dt>{label.word}</dt> <dd>{label.explanation}" in said


def test_every_ground_and_every_finding_is_named_in_the_words_of_the_method(page):
    grounds = [ground for *_, some in guide.GROUNDS for ground in some]

    assert sorted(grounds) == sorted(Ground)
    for line in chain(*guide.LINES.values()):
        assert f"<li>{line}</li>" in page
    assert "<li>This promise: unsupported, not tested.</li>" in page
    for finding in Finding:
        assert f"“{finding.words}”" in page
    assert "“Unsupported by our rule: those who say so sell it and show nothing.”" in page


def test_every_chapter_is_in_the_contents_and_has_words(page):
    linked = re.findall(r'<a href="#([a-z]+)">', page)

    assert linked == [anchor for anchor, _ in guide.CHAPTERS]
    for anchor in linked:
        chapter = re.search(rf'<section [^>]*id="{anchor}".*?</section>', page, re.S)[0]
        assert len(re.sub(r"<[^>]+>", " ", chapter).split()) > 30


def test_every_example_of_marking_is_read_without_a_problem(page):
    examples = re.findall(r"<pre><code>(.+?)</code></pre>", page, re.S)

    assert len(examples) == 11
    for example in examples:
        assert parse(unescape(example)).problems == (), example


@pytest.mark.parametrize("one", guide.WORDINGS, ids=lambda one: one.label)
def test_an_example_of_wording_passes_the_rules(one):
    statement, said = unmarked(one.example)

    assert check_statement(statement, level=one.level, bearing=one.bearing) == ()
    assert sentences.refused_words(statement) == ()
    assert bool(said) is (one.label == "Unsupported")


def test_the_words_called_refused_are_refused(page):
    listed = re.search(r"refused everywhere in our own voice: ([^.]+), and safe", page)[1]

    assert len(listed.split(", ")) > 5
    for word in listed.split(", "):
        assert sentences.refused_words(f"This is {word}."), word


def test_every_picture_is_there_small_and_described(page):
    for picture in guide.PICTURES.values():
        path = settings.BASE_DIR / "static" / picture.path
        with Image.open(path) as image:
            assert image.size == (guide.WIDTH, guide.HEIGHT)
            assert image.mode == "P", "eight bits are enough"
        assert path.stat().st_size < 80 * KIB
        assert f'alt="{picture.alt}"' in page

    shown = re.findall(r'<img [^>]*src="/static/guide/', page)
    assert len(shown) == len(guide.PICTURES)
    stored = {f"guide/{path.name}" for path in (settings.BASE_DIR / "static/guide").iterdir()}
    assert stored == {picture.path for picture in guide.PICTURES.values()}


def test_the_drawings_that_an_article_can_show_are_all_named(page):
    listed = re.search(r"the table is folded\. There are: ([a-z, -]+)\.", " ".join(page.split()))[1]

    folder = settings.BASE_DIR / "templates" / "pictures"
    assert listed.split(", ") == sorted(path.stem for path in folder.iterdir())
