"""Pages of words: the home page, treatments with their topics, the site's own pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from explainer.evidence.levels import Role
from explainer.library.rendering import explain_page, explain_table
from explainer.public import jsonld, metadata, navigation, question_sheet, statistics
from explainer.public.errors import gone
from explainer.public.views.frame import show


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    revision = navigation.page_at(navigation.HOME)
    if revision is None:
        raise Http404("The home page has no published words.")
    article = explain_page(revision)
    page = metadata.of_home(article)
    links = navigation.navigation()
    return show(
        request,
        "home.html",
        page,
        article=article,
        overdue=metadata.is_overdue(revision),
        navigation=links,
        choices=statistics.choices(links.treatments),
        structured=jsonld.of_home(page, article),
    )


@require_safe
def overview_or_page(request: HttpRequest, name: str) -> HttpResponse:
    return _article(request, name)


@require_safe
def topic(request: HttpRequest, treatment: str, topic: str) -> HttpResponse:
    return _article(request, f"{treatment}/{topic}")


@require_safe
def sheet(request: HttpRequest, treatment: str) -> HttpResponse:
    questions = navigation.page_at(navigation.QUESTIONS)
    links = navigation.navigation()
    overview = links.overview(treatment)
    if questions is None or overview is None or overview.role != Role.EXPLAINED:
        raise Http404("There is no sheet of questions for this.")
    made = question_sheet.sheet_of(overview, questions, links.changed_at)
    page = metadata.of_sheet(made, questions)
    return show(request, "sheet.html", page, sheet=made, navigation=links)


def _article(request: HttpRequest, key: str) -> HttpResponse:
    if key == navigation.HOME or (revision := navigation.page_at(key)) is None:
        if withdrawn := navigation.page_at(key, withdrawn=True):
            return gone(request, withdrawn)
        raise Http404("No published page has this address.")
    article = explain_page(revision)
    links = navigation.navigation()
    page = metadata.of_article(article, links)
    table = explain_table(article) if key == navigation.COMPARE else None
    treatment = links.at(page.path).treatment
    return show(
        request,
        "compare.html" if table else "article.html",
        page,
        article=article,
        overdue=metadata.is_overdue(revision),
        table=table,
        columns=links.named(table.options) if table else (),
        tally=statistics.tally_of_entries(article.claims),
        whole_scale=key == jsonld.METHOD,
        structured=jsonld.of_article(page, article, links),
        navigation=links,
        treatment=links.overview(treatment),
        parts=links.parts(treatment),
        companions=links.companions(treatment),
        sheets=links.sheets if key == navigation.QUESTIONS else (),
    )
