"""The public addresses. Fixed ones first: a treatment or page takes any other word."""

from django.urls import path

from explainer.reading.views import articles, claims, machines, reference

urlpatterns = [
    path("", articles.home, name="home"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("claims/", claims.register, name="claims"),
    path("claims/<slug:treatment>/<slug:slug>/", claims.claim, name="claim"),
    path("sources/", reference.sources, name="sources"),
    path("sources/<slug:key>/", reference.source, name="source"),
    path("glossary/", reference.glossary, name="glossary"),
    path("questions/<slug:treatment>/", articles.sheet, name="sheet"),
    path("<slug:name>/", articles.overview_or_page, name="article"),
    path("<slug:treatment>/<slug:topic>/", articles.topic, name="topic"),
]
