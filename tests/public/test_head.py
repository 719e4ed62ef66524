"""The head of a page: short titles, whole descriptions with labels, the picture."""

import json
from io import BytesIO

import pytest
from django.core.management import call_command
from lxml import html
from PIL import Image, ImageColor, ImageFont

from explainer.library.models import Revision
from explainer.public import cards, icons
from explainer.public.cards import Card
from tests.library import shelf
from tests.public import shop

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def head(client, address):
    return html.fromstring(client.get(address).content.decode()).find("head")


def meta(client, address, name):
    found = head(client, address).xpath(f"//meta[@name='{name}' or @property='{name}']/@content")
    return found[0] if found else ""


LONG = f"The treatment may help some hair, {'as far as anyone knows, ' * 6}in some people."


def test_a_claim_is_described_by_its_statement_and_label(client):
    assert meta(client, "/claims/t/hope/", "description") == (
        "The treatment may help some hair. (Plausible, in theory only.) There is a sound reason, "
        "or early results in people, to expect this. It is not proven."
    )


def test_a_long_claim_is_described_by_its_name_and_verdict_alone(client):
    shop.claim("long", name="Hair in some people", statement=LONG)

    assert meta(client, "/claims/t/long/", "description") == (
        "Hair in some people: plausible, in theory only. "
        "Who says so, who looked into it, and what would change the label."
    )
    assert (
        LONG
        in json.loads(
            head(client, "/claims/t/long/").xpath("//script[@type='application/ld+json']")[0].text
        )["@graph"][0]["abstract"]
    )


def test_a_page_of_which_one_sentence_would_fit_is_described_by_its_counts(client):
    shop.claim("long", statement=LONG)
    summary = "[](claim:t/hope) [](claim:t/long)"
    shelf.publish(shelf.article_draft("t/safety", summary, title="Is it safe?", summary=summary))

    assert meta(client, "/t/safety/", "description") == (
        "Is it safe? 2 promises: 2 plausible, 0 under investigation, 0 unsupported."
    )


def test_the_sites_name_goes_where_the_title_leaves_it_room(client):
    shelf.publish(shelf.article_draft("t/safety", title="T" * 43))
    assert head(client, "/t/safety/").findtext("title") == f"{'T' * 43} | Said and Shown"

    shelf.publish(shelf.article_draft("t/safety", title="T" * 44))
    assert head(client, "/t/safety/").findtext("title") == "T" * 44


def test_a_shared_page_brings_its_picture_and_says_what_is_on_it(client):
    assert meta(client, "/claims/t/hope/", "og:image") == ""
    call_command("make_cards", verbosity=0)

    address = meta(client, "/claims/t/hope/", "og:image")
    answer = client.get(address.removeprefix("http://127.0.0.1:8000"))
    image = Image.open(BytesIO(answer.content))

    assert meta(client, "/claims/t/hope/", "og:image:alt") == (
        "Said and Shown: Hope: Plausible, in theory only."
    )
    assert meta(client, "/claims/t/hope/", "twitter:card") == "summary_large_image"
    assert (answer["Content-Type"], image.size) == ("image/png", (1200, 630))
    assert len(answer.content) < 40_000
    assert "max-age" in answer["Cache-Control"]
    for address in ("/", "/t/", "/t/safety/"):
        assert meta(client, address, "og:image"), address


def test_a_page_of_other_words_has_another_picture_and_the_old_one_goes(client):
    call_command("make_cards", verbosity=0)
    before = {path.name for path in cards.folder().iterdir()}
    shelf.publish(shelf.claim_draft(name="Other hope"))

    assert meta(client, "/claims/t/hope/", "og:image") == ""
    call_command("make_cards", verbosity=0)

    after = {path.name for path in cards.folder().iterdir()}
    assert (len(before - after), len(after - before)) == (1, 1)
    assert meta(client, "/claims/t/hope/", "og:image")


def test_what_is_no_card_is_not_found(client):
    assert client.get(f"/cards/{'0' * 32}.png").status_code == 404
    assert client.get("/cards/../secret-key").status_code == 404


def test_a_withdrawn_claim_has_no_picture(client):
    shop.withdraw("claims/t/hope")
    call_command("make_cards", verbosity=0)

    assert meta(client, "/claims/t/hope/", "og:image") == ""


def test_a_claim_is_on_no_card_without_its_label(client):
    drawn = list(cards.every())

    assert [card for card in drawn if card.title == "Hope"] == [
        Card("Hope", "Plausible, in theory only")
    ]
    assert Revision.objects.published().count() > 3


def test_the_same_words_give_the_same_bytes_and_long_ones_fit():
    card = Card(
        "A question " * 12, "12 promises: 3 plausible, 4 under investigation, 5 unsupported"
    )

    assert cards.draw(card) == cards.draw(card)
    assert len(cards.draw(card)) < 40_000


@pytest.mark.parametrize("title", ["Hope", "Does it?", "What happens, step by step, " * 4])
def test_a_title_never_runs_into_its_labels(title):
    card = Card(title, "18 promises: 1 plausible, 6 under investigation, 11 unsupported")
    with Image.open(BytesIO(cards.draw(card))) as image:
        text = image.convert("RGB").crop((60, 150, 1200, 630))
    rows = {
        name: [y for y in range(text.height) if _has(text, y, ImageColor.getrgb(colour))]
        for name, colour in {"title": "#2a1a3a", "labels": "#0a4859"}.items()
    }

    assert all(rows.values())
    assert max(rows["title"]) + 8 < min(rows["labels"])


def _has(image, y, colour):
    line = image.crop((0, y, image.width, y + 1)).get_flattened_data()
    near = (sum(abs(a - b) for a, b in zip(pixel, colour, strict=True)) for pixel in line)
    return any(distance < 12 for distance in near)


def test_the_font_has_a_sign_for_what_is_written_in_titles():
    font = ImageFont.load_default(40)
    missing = bytes(font.getmask("\uffff"))
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;?!()%'\"-/&"

    assert [sign for sign in signs if bytes(font.getmask(sign)) == missing] == []


def test_the_manifest_names_icons_that_are_there_in_their_sizes(client, settings):
    answer = client.get("/site.webmanifest")
    told = json.loads(answer.content)

    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["start_url"]) == ("Said and Shown", "/")
    assert {icon["sizes"] for icon in told["icons"]} == {"any", "192x192", "512x512"}
    assert [icon.get("purpose") for icon in told["icons"]].count("maskable") == 1
    for icon in told["icons"]:
        path = settings.BASE_DIR / "static" / icon["src"].removeprefix("/static/")
        if icon["type"] == "image/png":
            side = int(icon["sizes"].partition("x")[0])
            with Image.open(path) as drawn:
                assert drawn.size == (side, side)


def test_every_page_names_the_icons_of_browsers_and_phones(client):
    links = {link.get("rel"): link.get("href") for link in head(client, "/t/").iter("link")}
    themes = head(client, "/t/").xpath("meta[@name='theme-color']/@media")

    assert links["apple-touch-icon"] == "/static/icons/apple-touch-icon.png"
    assert links["manifest"] == "/site.webmanifest"
    assert themes == ["(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"]


def test_an_icon_waits_where_browsers_look_for_it_unasked(client):
    answer = client.get("/favicon.ico")
    icon = Image.open(BytesIO(answer.content))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/x-icon")
    assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_the_icons_are_those_that_the_drawing_gives(settings):
    folder = settings.BASE_DIR / "static" / "icons"
    drawn = icons.files(folder)

    assert len(drawn) == 5
    assert [name for name, data in drawn.items() if (folder / name).read_bytes() != data] == []


def test_a_description_begins_with_the_advice_and_not_with_the_title_above_it(client, db):
    shop.build()
    lead = "::: guidance urgent\nCall a doctor now.\n:::\n\nIs it urgent?"
    shelf.publish(shelf.article_draft("signs", "::: guidance\nAsk.\n:::", summary=lead))

    page = html.fromstring(client.get("/signs/").content.decode())

    assert page.xpath("//meta[@name='description']/@content") == [
        "Call a doctor now. Is it urgent?"
    ]
    assert "When to get help Call" not in page.xpath("//script[@type]/text()")[0]
