"""Second-factor secrets are encrypted where they are stored.

Whoever gets a copy of the database or a backup cannot compute codes from it: the key is made of
the site's secret, which is not in there. Guards nothing against somebody who has both.
"""

import base64
import logging
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


class SealedAdapter(DefaultMFAAdapter):
    """How this site stores the secrets of second factors, and what it says of a wrong code."""

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


def _keys() -> MultiFernet:
    """Give the key of today, and those of former secrets to open what they sealed."""
    digests = (
        salted_hmac("explainer second factor", "", secret, algorithm="sha256").digest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
    return MultiFernet(Fernet(base64.urlsafe_b64encode(digest)) for digest in digests)
