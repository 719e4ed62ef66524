"""The page of the search, and the names that it offers while somebody types.

A query is answered and forgotten: no page that it leads to, no store and no log holds it.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from explainer.library import as_of
from explainer.public import metadata
from explainer.public.check import private
from explainer.public.navigation import navigation
from explainer.public.views import lead_of, show
from explainer.search.found_claims import Answer, by_index
from explainer.search.index import Index
from explainer.search.results import Group, Results, find, suggestions

LONGEST = 200
"""Characters of a query that count."""
FEWEST_LETTERS = 2


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    links = navigation()
    query = request.GET.get("q", "")[:LONGEST].strip()
    treatment, kind = request.GET.get("treatment", ""), request.GET.get("kind", "")
    results: Results | None = Results()
    if query:
        results = _by_index(
            request, lambda index: find(query, index, links.names, treatment=treatment, kind=kind)
        )
    return private(
        show(
            request,
            "search.html",
            metadata.of_search(),
            query=query,
            is_away=results is None,
            results=results,
            lead=lead_of(results.first if results else ()),
            treatment=treatment,
            kind=kind,
            kinds=list(Group),
            navigation=links,
        )
    )


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Give names of pages and of words explained that go on as the query does, for the form."""
    query = request.GET.get("q", "")[:LONGEST].strip()
    if len(query) < FEWEST_LETTERS:
        return private(JsonResponse({"names": []}))
    names = _by_index(request, lambda index: suggestions(query, index))
    return private(JsonResponse({"names": names or []}))


def _by_index(request: HttpRequest, ask: Callable[[Index], Answer]) -> Answer | None:
    # The index knows today alone.
    return by_index(request, ask) if as_of.moment.get() is None else None
