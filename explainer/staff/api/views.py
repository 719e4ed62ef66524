"""The answers that the writing surface asks for while somebody types: JSON, never a page."""

from dataclasses import asdict
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token

from explainer.evidence.markdown import MAX_BYTES
from explainer.staff.api import claims as register
from explainer.staff.api import texts
from explainer.staff.api.decorators import live, message

FAILED = "The preview failed; your text is safe. Go on writing, or save and try again."


@live("POST", FAILED)
def text(request: HttpRequest) -> JsonResponse:
    """Show `summary` and `body` as readers would see them, with everything to put right."""
    # Browsers send line ends as forms always did; lines are counted as the field shows them.
    sent = [field for field in texts.FIELDS if field in request.POST]
    typed = {field: request.POST[field].replace("\r\n", "\n") for field in sent}
    if not typed:
        words = "Nothing to show: send the text as 'summary', 'body' or both."
        return message(HTTPStatus.BAD_REQUEST, words)
    for field, words in typed.items():
        size = len(words.encode(errors="replace"))
        if size > MAX_BYTES:
            too_long = (
                f"The {field} has {size} bytes; at most {MAX_BYTES} can be shown. "
                "Your text is safe: split it before you save."
            )
            return message(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_long)
    return JsonResponse(asdict(texts.examine(typed, article=request.POST.get("article", ""))))


@live("GET")
def claims(request: HttpRequest) -> JsonResponse:
    """List claims by words of their statement or key, for the claim picker."""
    found = register.search(request.GET.get("q", ""), treatment=request.GET.get("treatment", ""))
    return JsonResponse({"claims": [asdict(claim) for claim in found]})


@live("GET")
def token(request: HttpRequest) -> JsonResponse:
    """Give the form's token anew: logging in again in another tab has made the old one stale.

    Only this site's own pages can read the answer, as they can the form itself.
    """
    return JsonResponse({"token": get_token(request)})
