"""The audit log for administrators: newest first, filtered, and verified when asked.

Reads alone; entries are written by `library.audit`.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from explainer.kinds import BY_PATH
from explainer.kinds.schema import Fields
from explainer.library import audit
from explainer.library.diff import FieldDiff, field_diffs
from explainer.library.models import AuditEntry
from explainer.library.permissions import Right
from explainer.staff.decorators import page, staff

EACH = 50
"""Entries on one page."""

FILTERS = {"person": "actor_name__icontains", "action": "action", "subject": "subject__icontains"}
"""What the log can be filtered by, as the address and as the query name it."""


@staff(Right.ADMINISTER)
def log(request: HttpRequest) -> HttpResponse:
    """Show one page of the log; `verify` in the address recomputes its chain."""
    asked = {name: request.GET.get(name, "").strip().replace("\0", "") for name in FILTERS}
    wanted = {FILTERS[name]: value for name, value in asked.items() if value}
    shown = Paginator(AuditEntry.objects.filter(**wanted), EACH).get_page(request.GET.get("page"))
    context = {
        "title": "Audit log",
        "asked": asked,
        "filter": urlencode({name: value for name, value in asked.items() if value}),
        "actions": AuditEntry.objects.order_by("action").values_list("action").distinct(),
        "shown": shown,
        "rows": [(entry, changes(entry)) for entry in shown],
        "verified": "verify" in request.GET,
        "wrong": list(audit.verify()) if "verify" in request.GET else [],
    }
    return page(request, "staff/history/log.html", context)


def changes(entry: AuditEntry) -> tuple[FieldDiff, ...]:
    kind = BY_PATH.get(entry.subject.partition("/")[0])
    return field_diffs(_fields(entry.before), _fields(entry.after), kind)


def _fields(facts: Any) -> Fields:
    if isinstance(facts, Mapping):
        return dict(facts)
    return {} if facts is None else {"value": facts}
