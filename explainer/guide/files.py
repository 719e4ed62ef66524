"""The readers' addresses for `export_site`, and what stands where files cannot answer.

Here, because this room alone may know every address that readers have.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse

from explainer.guide import bag
from explainer.kinds import CLAIM, PAGES, SHOWN
from explainer.kinds.steps import GUIDE, read
from explainer.library import rendering
from explainer.library.models import Revision
from explainer.public import claim_list, sitemap
from explainer.public.metadata import CHECK, CLAIMS, SEARCH, Head, trail
from explainer.public.navigation import page_at
from explainer.public.views import show
from explainer.web.export.walk import OWN, Part

WHOLE_GUIDE = ("All steps and all that follows, on one page", f"/{OWN}/query/{GUIDE}/all/1/")
"""The guide as one text, where hosts find it that read no query."""
LIST = ("All claims, each with its label", CLAIMS[1])
TODAY = ("The pages of today", "/")


@dataclass(frozen=True, slots=True)
class Lost:
    """What files cannot do, and a way that helps instead: its words and where it leads."""

    title: str
    address: str
    what: str
    way: tuple[str, str]
    params: frozenset[str] = frozenset()
    below: bool = False


LOST = (
    Lost(*CHECK, "Checking a text", LIST),
    Lost(*SEARCH, "Searching", LIST),
    Lost(*CLAIMS, "Choosing among the claims", LIST, frozenset(claim_list.PARAMETERS)),
    Lost("What you kept", bag.PATH, "Showing a list of your own", LIST, frozenset(bag.PARAMETERS)),
    Lost("What a page said on a day", "/past/", "Showing a page of the past", TODAY, below=True),
)
GUIDED = Lost("Where do I stand?", f"/{GUIDE}/", "Asking step by step", WHOLE_GUIDE)


def addresses() -> list[str]:
    """Give every address with an answer that no page has to lead to, each once."""
    names = (reverse("favicon"), reverse("suggest"), bag.PATH)
    return [*dict.fromkeys((*sitemap.addresses(), *names, *_claims(), *_withdrawn()))]


def _claims() -> Iterator[str]:
    claims = Revision.objects.published().of(CLAIM).order_by("document__key")
    for key in claims.values_list("document__key", flat=True):
        yield f"{CLAIM.address(key).rstrip('/')}.json"


def _withdrawn() -> Iterator[str]:
    gone = Revision.objects.withdrawn().of(*PAGES, *SHOWN).select_related("document")
    for revision in gone.order_by("document__key"):
        yield revision.document.get_absolute_url()


def parts() -> list[Part]:
    """Give each part that needs a server, with the page that says so in its place."""
    guide = page_at(GUIDE)
    steps = read(rendering.explain_apart(guide).body, GUIDE).steps if guide else ()
    return [_part(lost) for lost in (*LOST, *([GUIDED] if steps else []))]


def _part(lost: Lost) -> Part:
    request = RequestFactory(SERVER_NAME=urlsplit(settings.SITE_URL).hostname).get(lost.address)
    told = f"{lost.what} needs the site's own server, and this is a copy of the site as files."
    crumbs = trail((lost.title, lost.address))
    head = Head(lost.title, told, lost.address, crumbs, listed=False)
    page = show(request, "needs_server.html", head, way=lost.way)
    return Part(lost.address, page.content, lost.params, lost.below)
