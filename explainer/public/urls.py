"""The public addresses. Fixed ones first: a treatment or page takes any other word."""

from django.urls import path, re_path, register_converter

from explainer.kinds import KINDS
from explainer.kinds.schema import KEY
from explainer.public import check, search, views
from explainer.public.machine import views as machine

IMAGE = r"(?P<key>[0-9a-f]{32})\.(?P<extension>png|jpg|webp)"


class KeyConverter:
    """A document's key, one part or several: what no key can be asks no database."""

    regex = rf"{KEY.pattern}(?:/{KEY.pattern})*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KeyConverter, "key")

LISTED = [
    pattern
    for kind in KINDS
    if kind.template
    for pattern in (
        path(f"{kind.path}/", views.listing, {"kind": kind}, name=kind.path),
        path(f"{kind.path}/<key:key>/", views.document, {"kind": kind}, name=kind.name),
    )
]
"""A list and a page each for every kind that names its templates."""

urlpatterns = [
    path("<path:page>.md", machine.markdown, name="markdown"),
    path("llms.txt", machine.llms, name="llms"),
    path("claims.json", machine.claims, name="claims-json"),
    path("claims.schema.json", machine.schema, name="schema"),
    path("claims/<slug:treatment>/<slug:slug>.json", machine.claim, name="claim-json"),
    *LISTED,
    path("", views.home, name="home"),
    path("robots.txt", views.robots, name="robots"),
    path("site.webmanifest", views.manifest, name="manifest"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("changes/", views.changes, name="changes"),
    path("changes.atom", views.feed, name="feed"),
    re_path(rf"^images/{IMAGE}\Z", views.image, name="image"),
    re_path(r"^cards/(?P<key>[0-9a-f]{32})\.png\Z", views.card, name="card"),
    path("check/", check.check, name="check"),
    path("search/", search.search, name="search"),
    path("search/names.json", search.suggest, name="suggest"),
    path("claims/", views.claims, name="claims"),
    path("claims/map/", views.claims_map, name="claims-map"),
    path("claims/<slug:treatment>/<slug:slug>/", views.claim, name="claim"),
    path("sources/", views.sources, name="sources"),
    path("sources/<slug:key>/", views.source, name="source"),
    path("glossary/", views.glossary, name="glossary"),
    path("questions/<slug:treatment>/", views.sheet, name="sheet"),
    path("<slug:name>/", views.article, name="article"),
    path("<slug:name>/<slug:topic>/", views.article, name="topic"),
]
