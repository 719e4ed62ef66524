"""What hosts of static files have to know: `_headers` and `_redirects`, in the root of the export.

Netlify reads both; Cloudflare Pages too, but for rules with a query and for 410, which it leaves
out. Where two rules of `_headers` give one header, hosts join their values or take one of them:
so what is said twice here is right either way.
"""

from collections.abc import Iterator, Sequence

from explainer.web.export.rules import STEM, Rule
from explainer.web.export.walk import Export

MOST_RULES = 100
"""Of `_headers`, that Cloudflare Pages takes."""
# Hosts ask back by themselves what is not told to stay, as the site's own answers do.
LEFT_TO_HOSTS = "no-cache"


def files(export: Export, rules: Sequence[Rule]) -> dict[str, str]:
    """Give the two files by name."""
    return {"_headers": _headers(rules), "_redirects": "\n".join([*_redirects(export), ""])}


def _headers(rules: Sequence[Rule]) -> str:
    places: dict[str, list[str]] = {"/*": []}
    for rule in rules:
        for place, value in _places(rule):
            if value and value != LEFT_TO_HOSTS and STEM not in value:
                places.setdefault(place, []).append(f"  {rule.name}: {value}")
    blocks = [[place, *lines] for place, lines in places.items() if lines]
    return "\n".join(line for block in blocks[:MOST_RULES] for line in (*block, ""))


def _places(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "/*", rule.common
    for folder, value in rule.folders.items():
        yield f"/{folder}*", value
    for ending, value in rule.endings.items():
        if ending != ".html":
            yield f"/*{ending}", value
    for file, value in rule.files.items():
        yield f"/{file.removesuffix('index.html')}", value


def _redirects(export: Export) -> Iterator[str]:
    # The first line that fits counts, so those that ask for most stand first.
    for one in sorted(export.found, key=lambda one: -one.address.count("&")):
        path, _, query = one.address.partition("?")
        place = f"/{one.file.removesuffix('index.html')}"
        if query:
            yield f"{path} {query.replace('&', ' ')} {place} 200!"
        elif one.status == 410:
            yield f"{path} {place} 410"
    for part in export.parts:
        if part.below:
            yield f"{part.address}* /{part.file.removesuffix('index.html')} 200"
