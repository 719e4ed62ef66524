"""How this site uses allauth: nobody signs up, no mail is sent, staff alone get in."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from explainer.accounts import ratelimit, responses
from explainer.accounts.log import log_entry
from explainer.accounts.second_factor import enrolled_since, has_factor


class StaffAdapter(DefaultAccountAdapter):
    """The answers that allauth asks of a site."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "This name and this password do not belong together.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: no mail of this site opens an account."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Give the address that `web.middleware.trusted_proxies` found to be the client's."""
        return str(request.META.get("REMOTE_ADDR", ""))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at; refuse it if there were too many."""
        if not ratelimit.may_try(request, str(credentials.get("username", ""))):
            raise ImmediateHttpResponse(responses.too_many(request))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Let active staff in; a right password of anybody else is answered like a wrong one."""
        user = super().authenticate(request, **credentials)
        if user and user.is_active and getattr(user, "is_staff", False):
            ratelimit.forget(user.get_username())
            return user
        if user:
            self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log_entry(request, "log-in failed", {}, {"name": str(credentials.get("username", ""))})

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Turn a used-up limit into 429; allauth would show it as a mistake in the form."""
        if code in ("too_many_login_attempts", "rate_limited") and self.request:
            raise ImmediateHttpResponse(responses.too_many(self.request))
        return super().validation_error(code, *args)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Write the password alone: the rest of the row may have changed since it was read."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again unless it, or a code, was given in the last 15 minutes.

        From somebody with a second factor only a code counts, or the password alone could
        take the factor away; enrolling gave one, and ended all other sessions. allauth would
        ask again right after the log-in, too.
        """
        user, since = self.request.user, time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        if enrolled_since(user, since):
            return False
        methods = ("mfa",) if has_factor(user) else ("mfa", "password")
        records = get_authentication_records(self.request, user)
        return not any(one["at"] > since and one["method"] in methods for one in records)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer the password only to somebody without a second factor.

        allauth takes whatever it offered as enough, so this has to say the same as above.
        """
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if has_factor(user):
            return [method for method in methods if method["id"] != "reauthenticate"]
        return methods
