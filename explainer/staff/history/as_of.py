"""The page on which staff ask what a patient saw on a date (requirement D10)."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from explainer.library.past import moment, page_on
from explainer.staff.decorators import page, staff


@staff()
def past(request: HttpRequest) -> HttpResponse:
    """Ask for an address and a moment, and show what was public there then."""
    address, typed = request.GET.get("address", ""), request.GET.get("at", "")
    context = {
        "title": "What did a patient see?",
        "address": address,
        "typed": typed,
        **(_found(address, typed) if address else {}),
    }
    answer: HttpResponse = page(request, "staff/history/past.html", context)
    return answer


def _found(address: str, typed: str) -> dict[str, Any]:
    try:
        at = moment(typed)
        found = page_on(address, at)
    except ValueError as refused:
        return {"message": str(refused)}
    if found is None:
        return {
            "message": f"Nothing was public at {address} then: who asked for it was told that "
            "there is no such page. Check the address and the time."
        }
    return {"past": found}
