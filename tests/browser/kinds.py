"""One page of each kind that readers see, so that a new kind is looked at without being listed.

Found in three places: addresses that take nothing, the sitemap for those that name a document, and
what is named here because pages of one address differ.
"""

import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

from django.urls import NoReverseMatch, resolve, reverse

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"<loc>https?://[^/]+([^<]*)</loc>")

NAMED = {
    "article": "/method/",
    "topic": "/mesotherapy/safety/",
    "questions and answers": "/msc-therapy/faq/",
    "overview": "/mesotherapy/",
    "an option": "/doing-nothing/",
    "a person's page": "/after-a-birth/",
    "cost": "/cost/",
    "comparison": "/compare/",
    "questions": "/questions/",
    "claim": "/claims/mesotherapy/scalp-abscess/",
    "source": "/sources/clinic-msc-a/",
    "filtered claims": "/claims/?treatment=mesotherapy&level=unsupported",
    "a filter with an unknown value": "/claims/?level=nonsense",
    "found words": "/search/?q=needle",
    "no word found": "/search/?q=xylophone",
    "checked claims": "/check/?claims=mesotherapy/scalp-abscess+mesotherapy/confidence",
    "where do I stand": "/where-do-i-stand/",
    "three questions": "/did-i-read-it-right/",
    "an empty bag": "/bag/",
    "bag": "/bag/?c=mesotherapy/scalp-abscess,mesotherapy/confidence&since=2026-11-01",
}
"""Pages of one address that differ, and examples that hold more than the first of their kind."""

MISSING = {"not found": "/nothing-here/"}


def kinds(site: str) -> dict[str, str]:
    """Give the path of one page of each kind by its name; `site` is the address of a running one.

    Raises HTTPError if a page is not there that must be.
    """
    found = {
        **_without_a_document(),
        **_first_of_each_address(site),
        **_claims_that_say("numbers"),
        **_claims_that_say("withdrawn"),
        **NAMED,
        # Nothing was public before the site was started.
        "past": f"/past/{datetime.now(UTC):%Y-%m-%d}/mesotherapy/safety/",
    }
    pages = {name: path for name, path in found.items() if _is_page(site + path)}
    # A page that has two names is looked at once.
    by_path = {path: name for name, path in {**pages, **MISSING}.items()}
    return {name: path for path, name in by_path.items()}


def _without_a_document() -> dict[str, str]:
    # Imported once Django is set up: a command does that itself.
    from explainer.public.urls import urlpatterns  # noqa: PLC0415

    found = {}
    for pattern in urlpatterns:
        try:
            found[str(pattern.name)] = reverse(str(pattern.name))
        except NoReverseMatch:
            continue
    return found


def _first_of_each_address(site: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in _mapped(f"{site}/sitemap.xml"):
        found.setdefault(str(resolve(path.partition("?")[0]).url_name), path)
    return found


def _mapped(address: str) -> list[str]:
    """Give the paths of a sitemap, and of those that it names."""
    with urlopen(address) as answer:
        paths = ADDRESS.findall(answer.read().decode())
    root = address.rpartition("/")[0]
    return [
        one for path in paths for one in (_mapped(root + path) if path.endswith(".xml") else [path])
    ]


def _claims_that_say(field: str) -> dict[str, str]:
    """Give the first claim whose content file has a field."""
    folder = ROOT / "content" / "claims"
    for file in sorted(folder.rglob("*.md")):
        if re.search(rf"^{field}:", file.read_text(), re.M):
            key = file.relative_to(folder).with_suffix("").as_posix()
            return {f"a claim with {field}": f"/claims/{key}/"}
    return {}


def _is_page(address: str) -> bool:
    with urlopen(address) as answer:
        return bool(answer.headers["Content-Type"].startswith("text/html"))
