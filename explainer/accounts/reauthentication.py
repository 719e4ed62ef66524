"""Asking for the password again before something that could hand over an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

TYPE_AGAIN = "Confirm that it is you. For safety, passwords were not kept: type them once more."


def confirmed(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """Open a view only if the password or a code came in the last 15 minutes.

    allauth's middleware asks for it, keeps the form in the session and goes on with it. A form
    with a password in it must not lie in the database: it is opened anew.
    """
    protected = reauthentication_required(view)

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response: HttpResponseBase = protected(request, *args, **kwargs)
        except ReauthenticationRequired:
            if not any("password" in name for name in request.POST):
                raise
            messages.warning(request, TYPE_AGAIN)
            return redirect(request.get_full_path())
        return response

    return wrapper
