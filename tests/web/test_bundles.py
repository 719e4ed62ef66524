"""The stylesheet reaches a reader in one piece that means the same."""

import re

import pytest
from django.conf import settings

from explainer.web.staticfiles import BUNDLE, bundle

FILES = {
    "css/site.css": '@layer a, b;\n@import url("a.css") layer(a);\n'
    '@import url("parts/b.css") layer(b) print;\n',
    "css/a.css": "p { color: red }",
    "css/parts/b.css": 'i { mask: url("../../icons/x.svg") }',
}


def test_imports_are_written_into_their_layers() -> None:
    css = bundle("css/site.css", FILES.__getitem__)

    assert "@layer a {\np { color: red }\n}" in css
    assert '@media print {\n@layer b {\ni { mask: url("../icons/x.svg") }\n}\n}' in css
    assert "@import" not in css


def test_a_missing_import_breaks_the_build() -> None:
    with pytest.raises(KeyError, match="nothing"):
        bundle("x.css", {"x.css": '@import url("nothing.css") layer(a);'}.__getitem__)


def test_the_real_stylesheet_has_no_import_left_and_every_address_leads_somewhere() -> None:
    root = settings.BASE_DIR / "static"

    css = bundle(BUNDLE, lambda name: (root / name).read_text())

    addresses = re.findall(r'url\("([^"]+)"\)', css)
    assert "@import" not in css
    assert len(addresses) >= 5
    assert all((root / "css" / address).resolve().is_file() for address in addresses)
