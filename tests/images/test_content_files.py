"""Images are no content files yet: a dump says so and a load refuses what it does not have."""

from io import StringIO

import pytest
from django.core.management import call_command

from explainer.evidence.lint.run import lint_prose
from explainer.images import intake
from explainer.library.context import public_context
from explainer.library.models import Image, ImageUse
from tests.files.folders import SAFETY, SMALL, fill
from tests.files.loads import ARTICLE, bring, public_article, run, staff_publishes
from tests.images import pictures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def image(tmp_path) -> Image:
    bring(tmp_path / "content", SMALL)
    return pictures.sent(pictures.person("ana"))


def block(key: str) -> str:
    return f"\n\n::: background\n![A lamp](figure:{key})\n:::\n"


def test_a_dump_with_an_image_is_whole_and_says_what_it_lacks_and_one_without_does_not(
    tmp_path, image
) -> None:
    out, before, err = StringIO(), StringIO(), StringIO()
    call_command("dump_content", str(tmp_path / "before"), stdout=out, stderr=before)
    version = public_article()
    staff_publishes(version, body=version.fields["body"] + block(image.key))

    call_command("dump_content", str(tmp_path / "dump"), stdout=out, stderr=err)

    assert f"figure:{image.key}" in (tmp_path / "dump" / ARTICLE).read_text()
    assert f"dump/{ARTICLE}: warning: shows {image.key}." in err.getvalue()
    assert f"they stay in {tmp_path / 'images'}" in err.getvalue()
    assert "files written" in out.getvalue()
    assert "mages are not content" not in before.getvalue()


def test_a_file_that_shows_an_image_loads_where_the_image_is(tmp_path, image) -> None:
    folder = fill(tmp_path / "content", {ARTICLE: SAFETY + block(image.key)})

    out, _, error = run(str(folder), "--reason", "A picture.")

    assert (error, "1 files loaded" in out) == ("", True)
    assert [use.image for use in ImageUse.objects.all()] == [image]


def test_a_file_that_shows_an_unknown_image_is_refused(tmp_path, image) -> None:
    folder = fill(tmp_path / "content", {ARTICLE: SAFETY + block("0" * 32)})

    _, err, error = run(str(folder), "--reason", "A picture.")

    assert "Nothing was written" in error
    assert "There is no figure with the key" in err


def test_no_text_but_an_articles_shows_an_image(image) -> None:
    text = f"Words.\n\n{intake.code(image)}"

    found = [
        problem for problem in lint_prose(text, public_context()) if "figure" in problem.message
    ]

    assert [(problem.line, problem.message) for problem in found] == [
        (3, f"Only articles and overviews show figures. Take out 'figure:{image.key}'.")
    ]
