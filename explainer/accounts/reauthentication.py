"""Asking for the password again before something that could hand over an account."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

TYPE_AGAIN = "Confirm that it is you. For safety, passwords were not kept: type them once more."


def confirmed(request: HttpRequest) -> HttpResponse | None:
    """Give None if the password or a code came in the last 15 minutes.

    Otherwise a form is kept in the session and goes on after the password; but not
    one with a password in it, which must not lie in the database: that is asked for again.

    Raises:
        ReauthenticationRequired: for allauth's middleware, which keeps the form.
    """
    try:
        raise_if_reauthentication_required(request, app="explainer.staff")
    except ReauthenticationRequired:
        if not any("password" in name for name in request.POST):
            raise
        messages.warning(request, TYPE_AGAIN)
        there = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
        return redirect(f"{reverse('account_reauthenticate')}?{there}")
    return None
