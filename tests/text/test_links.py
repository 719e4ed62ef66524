"""Which addresses a link may lead to."""

import pytest

from explainer.text.links import is_allowed, is_whole, leaves_site, own_scheme


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=c#d",
        "http://example.org",
        "HTTPS://example.org/",
        "MAILTO:someone@example.org",
        "mailto:someone@example.org",
        "/method/",
        "#part",
        "page/",
        "../page/",
        "?q=1",
        "/a:b/",
        "https://[::1]/",
    ],
)
def test_plain_addresses_are_allowed(address: str) -> None:
    assert is_allowed(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "javascript:123",
        "JAVASCRIPT:123",
        "data:1",
        "vbscript:x",
        "claim:12",
        "tel:123",
        "ftp://example.org/",
        "//example.org/",
        "///example.org/",
        "/\\example.org/",
        "/%5Cexample.org/",
        "https:\\example.org",
        "https:example.org",
        "https://",
        "https://[bad",
        "java\tscript:1",
        "java\u200bscript:1",
        " /a",
        "/a b",
        "\x00/a",
        "mailto:nobody",
        "mailto:a@b@c",
        "foo:bar/baz",
    ],
)
def test_every_other_address_is_refused(address: str) -> None:
    assert not is_allowed(address)


def test_the_dialects_own_addresses_are_told_apart() -> None:
    assert own_scheme("claim:a/b") == ("claim", "a/b")
    assert own_scheme("background:") == ("background", "")
    assert own_scheme("Claim:a/b") is None
    assert own_scheme("claims:a/b") is None


@pytest.mark.parametrize("address", ["HTTPS://example.org/", "Http://example.org/"])
def test_a_scheme_is_the_same_in_capital_letters(address: str) -> None:
    assert leaves_site(address)
    assert is_whole(address)


@pytest.mark.parametrize("address", ["www.example.org/a", "Smith2020", "page/", "../page/", "?q=1"])
def test_an_address_that_differs_from_page_to_page_is_not_whole(address: str) -> None:
    assert not is_whole(address)
