"""The public addresses. Fixed ones first: a treatment or page takes any other word."""

from django.urls import path, re_path

from explainer.kinds import KINDS
from explainer.public.views import articles, changes, claims, documents, images, machines, reference

IMAGE = r"(?P<key>[0-9a-f]{32})\.(?P<extension>png|jpg|webp)"

LISTED = [
    pattern
    for kind in KINDS
    if kind.template
    for pattern in (
        path(f"{kind.path}/", documents.listing, {"kind": kind}, name=kind.path),
        path(f"{kind.path}/<path:key>/", documents.document, {"kind": kind}, name=kind.name),
    )
]
"""A list and a page each for every kind that names its templates."""

urlpatterns = [
    *LISTED,
    path("", articles.home, name="home"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("changes/", changes.changes, name="changes"),
    path("changes.atom", changes.feed, name="feed"),
    re_path(rf"^images/{IMAGE}\Z", images.image, name="image"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<slug:treatment>/<slug:slug>/", claims.claim, name="claim"),
    path("sources/", reference.sources, name="sources"),
    path("sources/<slug:key>/", reference.source, name="source"),
    path("glossary/", reference.glossary, name="glossary"),
    path("questions/<slug:treatment>/", articles.sheet, name="sheet"),
    path("<slug:name>/", articles.overview_or_page, name="article"),
    path("<slug:treatment>/<slug:topic>/", articles.topic, name="topic"),
]
