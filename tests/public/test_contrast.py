"""Colours of the palette, measured: text must be readable in both themes (WCAG 2.2, 1.4.3)."""

import re

import pytest
from django.conf import settings

PALETTE = (settings.BASE_DIR / "static" / "css" / "palette.css").read_text()
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", half)) for half in PALETTE.split("@media")
)
GROUNDS = ("paper", "milk", "blush")
"""What words stand on: the page, a quiet panel, an answer."""

LABELS = [(name, ground) for name in ("petrol", "ochre", "wine", "rust") for ground in GROUNDS]


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(theme, front, back):
    lighter, darker = sorted((luminance(theme[front]), luminance(theme[back])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("back", GROUNDS)
def test_body_text_has_a_contrast_of_seven_or_more(theme, back):
    assert contrast(theme, "aubergine", back) >= 7


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), LABELS)
def test_the_words_of_labels_have_a_contrast_of_seven(theme, front, back):
    assert contrast(theme, front, back) >= 7


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("back", GROUNDS)
@pytest.mark.parametrize("front", ["mauve", "indigo"])
def test_links_and_quiet_text_have_a_contrast_of_seven(theme, front, back):
    assert contrast(theme, front, back) >= 7


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_words_of_a_button_have_a_contrast_of_seven(theme):
    assert contrast(theme, "cream", "plum") >= 7


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("shape", ["petrol", "ochre", "wine", "rust", "stone"])
@pytest.mark.parametrize("back", GROUNDS)
def test_shapes_and_borders_of_fields_have_a_contrast_of_three(theme, shape, back):
    assert contrast(theme, shape, back) >= 3
