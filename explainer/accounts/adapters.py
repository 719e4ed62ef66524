"""How this site uses allauth: staff alone get in, no mail is sent, factors are sealed."""

import base64
import logging
import secrets
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from explainer.accounts.models import log_entry
from explainer.accounts.responses import too_many
from explainer.accounts.second_factor import enrolled_since, has_factor

TRIES = ("password_by_address", "password_by_name")
"""Actions of ours in ACCOUNT_RATE_LIMITS: the keys of allauth's own log-in carry the Host header,
which a stranger chooses, and cannot be found again by name alone.
"""


def forget(name: str) -> None:
    """Let a name begin at zero again; the limit of an address stays, as it protects all names."""
    for action in ("password_by_name", "lockout_logged"):
        ratelimit.clear(HttpRequest(), action=action, key=name.lower())


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
        """Count the try before the password is looked at; refuse it if there were too many.

        For unknown names too; a lock-out is logged once while it lasts.
        """
        name = str(credentials.get("username", ""))
        key = name.lower()  # as allauth finds accounts: however the name is spelled
        if not all(ratelimit.consume(request, action=action, key=key) for action in TRIES):
            if ratelimit.consume(request, action="lockout_logged", key=key):
                log_entry(request, "locked out", {}, {"name": name})
            raise ImmediateHttpResponse(too_many(request))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Let active staff in; a right password of anybody else is answered like a wrong one."""
        user = super().authenticate(request, **credentials)
        if user and user.is_active and getattr(user, "is_staff", False):
            forget(user.get_username())
            return user
        if user:
            self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log_entry(request, "log-in failed", {}, {"name": str(credentials.get("username", ""))})

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Turn a used-up limit into 429; allauth would show it as a mistake in the form."""
        if code in ("too_many_login_attempts", "rate_limited") and self.request:
            raise ImmediateHttpResponse(too_many(self.request))
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


logger = logging.getLogger(__name__)

SEALED = frozenset({"secret", "seed"})
"""What allauth seals in an app's factor, and in recovery codes."""


class SealedAdapter(DefaultMFAAdapter):
    """How this site stores the secrets of second factors, and what it says of a wrong code.

    Whoever gets a copy of the database or a backup cannot compute codes from it: the key is made of
    the site's secret, which is not in there. Guards nothing against somebody who has both.
    """

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right. The app’s codes change every half minute and "
        "work once: type the one shown now. If that fails too, check the phone’s clock.",
    }

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret; if no key fits, give one that nobody has, so that no code is right."""
        try:
            return _keys().decrypt(encrypted_text).decode()
        except InvalidToken:
            logger.warning(
                "A second factor was sealed with another DJANGO_SECRET_KEY: name the former one in "
                "DJANGO_FORMER_SECRET_KEYS, or run manage.py reset_second_factor."
            )
            return base64.b32encode(secrets.token_bytes(20)).decode()


def reseal() -> tuple[int, set[str]]:
    """Seal every factor with the secret of today; count them, and name whose no secret opens."""
    count, lost, keys = 0, set(), _keys()
    for factor in Authenticator.objects.select_related("user"):
        for field in SEALED.intersection(factor.data):
            try:
                factor.data[field] = keys.rotate(factor.data[field].encode()).decode()
            except InvalidToken:
                lost.add(factor.user.get_username())
            else:
                factor.save(update_fields=["data"])
                count += 1
    return count, lost


def _keys() -> MultiFernet:
    """Give the key of today, and those of former secrets to open what they sealed."""
    digests = (
        salted_hmac("explainer second factor", "", secret, algorithm="sha256").digest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
    return MultiFernet(Fernet(base64.urlsafe_b64encode(digest)) for digest in digests)
