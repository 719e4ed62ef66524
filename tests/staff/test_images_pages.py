"""The pages of images work without scripts and say where an image is used."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from explainer.images import storage
from explainer.library.models import Image
from tests.images import pictures
from tests.library import shelf
from tests.staff.rows import image_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("images_folder")]

LISTING = reverse("staff-images")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def desk(ana) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    return client


def posted(client: Client, page: str, **fields: object):
    token = TOKEN.search(client.get(page).text)
    assert token
    return client.post(page, {"csrfmiddlewaretoken": token[1], **fields})


def test_an_image_is_sent_in_by_a_plain_form(desk):
    answer = posted(desk, LISTING, image=image_file(pictures.drawn()), alternative="Hair roots")

    image = Image.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("staff-image", args=[image.key])
    page = desk.get(answer["Location"]).text
    assert f"![Hair roots](figure:{image.key})" in page
    assert "no published article shows it" in page
    assert "Hair roots" in desk.get(LISTING).text


def test_a_bad_file_keeps_the_words_that_were_typed(desk):
    broken = image_file(pictures.HTML)

    answer = posted(desk, LISTING, image=broken, alternative='Roots "in" skin')

    page = answer.text
    assert answer.status_code == 400
    assert "This is no whole PNG, JPEG or WebP image." in page
    assert 'value="Roots &quot;in&quot; skin"' in page


def test_words_that_somebody_changed_meanwhile_are_told_and_the_typed_ones_kept(desk, ana):
    image = pictures.sent(ana)
    page = reverse("staff-image", args=[image.key])
    seen = 'name="before" value="{}"'
    assert seen.format("Hair roots") in desk.get(page).text
    posted(desk, page, before="Hair roots", alternative="The words of Ben")

    stale = posted(desk, page, before="Hair roots", alternative="The words of Ana")
    odd = posted(desk, page, before="\0", alternative="The words of Ana")
    again = posted(desk, page, before="The words of Ben", alternative="The words of Ana")

    assert (stale.status_code, odd.status_code, again.status_code) == (409, 400, 302)
    assert "meanwhile, to “The words of Ben”" in stale.text
    assert 'value="The words of Ana"' in stale.text
    assert seen.format("The words of Ben") in stale.text
    assert Image.objects.get().alternative == "The words of Ana"


def test_who_may_not_write_sees_images_and_no_form(client, ana):
    image = pictures.sent(ana)
    client.force_login(pictures.person("ben", "reviewer"))
    page = reverse("staff-image", args=[image.key])

    shown = client.get(page).text

    assert image.staff_address in shown
    assert "image-alternative" not in shown
    assert "images-file" not in client.get(LISTING).text
    assert client.post(page, {"alternative": "Words"}).status_code == 403
    assert Image.objects.get().alternative == "Hair roots"


def test_search_finds_names_and_descriptions(desk, ana):
    pictures.sent(ana, name="scalp.png", alternative="A scalp")
    pictures.sent(ana, name="needle.png", alternative="100% of a clinic's needles")

    def found(query: str) -> int:
        answer = desk.get(LISTING, {"q": query})
        return answer.text.count("images__item")

    counts = {
        query: found(query) for query in ("scalp", "100%", "%", "needle 100", "clinic’s", "x\x00y")
    }
    assert list(counts.values()) == [1, 1, 1, 1, 1, 0]


@pytest.mark.parametrize("page", ["0", "-1", "9999", "x", "1e9"])
def test_pages_out_of_range_are_pages_all_the_same(desk, ana, page):
    pictures.sent(ana)

    answer = desk.get(LISTING, {"page": page})

    assert answer.status_code == 200
    assert "images__item" in answer.text


def test_the_page_says_where_readers_see_an_image(desk, ana):
    image = pictures.sent(ana)
    shelf.treatment()
    shelf.publish(shelf.claim_draft())
    body = f"::: background\n![Roots](figure:{image.key})\n:::"
    shelf.publish(shelf.article_draft("t/safety", body))

    page = desk.get(reverse("staff-image", args=[image.key])).text

    assert '<a href="/t/safety/">/t/safety/</a>' in page
    assert "version 1, published" in page
    assert "Shown to readers" in desk.get(LISTING).text


def test_staff_see_the_file_of_any_image_and_keep_no_copy(desk, ana):
    image = pictures.sent(ana)

    answer = desk.get(image.staff_address)

    assert answer.content == storage.place(image.file_name).read_bytes()
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["staff-image", "staff-image-file"])
def test_an_image_that_is_not_there_is_404(desk, name):
    assert desk.get(reverse(name, args=["0" * 32])).status_code == 404
