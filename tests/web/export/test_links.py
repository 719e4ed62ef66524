"""What an answer leads to is found in pages, styles, scripts and manifests."""

import pytest

from explainer.web.export.links import links_in

HERE = "https://hair.example/t/"


@pytest.mark.parametrize(
    ("text", "media_type", "found"),
    [
        ('<a href="/a/#b">', "text/html; charset=utf-8", {"https://hair.example/a/"}),
        ("<a href=?page=2>", "text/html", {"https://hair.example/t/?page=2"}),
        ('<a href="/a/?b=1&amp;c=2">', "text/html", {"https://hair.example/a/?b=1&c=2"}),
        ('<input data-names="/names.json">', "text/html", {"https://hair.example/names.json"}),
        ('<path d="/5"><p title="or">', "text/html", set()),
        ("<meta content=https://hair.example/c.png>", "text/html", {"https://hair.example/c.png"}),
        ('a { b: url("../x.svg") } c { d: url(y.png) }', "text/css",
         {"https://hair.example/x.svg", "https://hair.example/t/y.png"}),
        ('import { a } from "./a.js"; import("./b.js")', "text/javascript",
         {"https://hair.example/t/a.js", "https://hair.example/t/b.js"}),
        ('{"icons": [{"src": "/i.png"}]}', "application/manifest+json",
         {"https://hair.example/i.png"}),
        ("See [a](/a/).", "text/markdown", set()),
    ],
)  # fmt: skip
def test_links(text, media_type, found):
    assert links_in(text, media_type, HERE) == found
