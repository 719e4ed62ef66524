"""The page on which a reader checks what a clinic says: a form, and what the register says."""

from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from explainer.library import as_of
from explainer.public import metadata
from explainer.public.navigation import navigation
from explainer.public.views import lead_of, short_answers, show
from explainer.search import pasted
from explainer.search.found_claims import Names, by_index
from explainer.web.page_cache.declare import cacheable

AT_ONCE = 2
"""Texts that one process checks at a time, so that readers of pages need not wait for them."""
PATIENCE = 10
"""Seconds that a text waits for its turn."""
_turns = BoundedSemaphore(AT_ONCE)

EMPTY = "There is nothing to check yet. Paste what the clinic says, or type a line of it."
TOO_LONG = (
    "Your text has {length:,} characters; we can check {most:,} at a time. It is still below: cut "
    "it, then check again."
)
BUSY = "Many texts are being checked at the moment. Yours is still below: try again in a minute."
AWAY = "We cannot check a text at the moment. Yours is still below; all claims are in the list."
PAST = "A text can only be checked against the site of today."


# No token of a form: the page keeps nothing, knows nobody and has no cookie that another site
# could misuse. An answer depends on the text alone.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponseBase:
    links = navigation()
    asked = request.POST if request.method == "POST" else request.GET
    text = "\n".join(asked.get("text", "").splitlines()).strip() if request.method == "POST" else ""
    group = asked.get("treatment", "")
    group = group if group in {link.key for link in links.treatments} else ""
    message, result = "", None
    if request.method == "POST":
        message, result = _checked(request, text, group, links.names)
    elif keys := request.GET.get("claims", "").split():
        result = pasted.listed(keys, links.names)
    page = metadata.of_check(listed=request.method != "POST" and result is None)
    answer = show(
        request,
        "check.html",
        page,
        text=text,
        group=group,
        message=message,
        result=result,
        # On each treatment that the text names, whatever was found in it.
        verdicts=short_answers(it for it in links.treatments if result and it.key in result.named),
        lead=lead_of(result.first if result else ()),
        most=pasted.LONGEST,
        today=timezone.localdate(as_of.moment.get()),
        again=metadata.absolute(result.address) if result and result.address else "",
        navigation=links,
    )
    return cacheable(answer, "claims", "treatment") if page.listed else private(answer)


def _checked(
    request: HttpRequest, text: str, group: str, names: Names
) -> tuple[str, pasted.Result | None]:
    """Give what was found, or the message that says why nothing was looked for."""
    if not text:
        return EMPTY, None
    if len(text) > pasted.LONGEST:
        return TOO_LONG.format(length=len(text), most=pasted.LONGEST), None
    if as_of.moment.get() is not None:
        return PAST, None
    if not _turns.acquire(timeout=PATIENCE):
        return BUSY, None
    try:
        result = by_index(request, lambda index: pasted.check(text, group, index, names))
    finally:
        _turns.release()
    return ("" if result else AWAY), result


def private(response: HttpResponse) -> HttpResponse:
    """Keep an answer to somebody's own words out of every store and list."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
