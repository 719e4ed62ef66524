"""Second-factor secrets are encrypted where they are stored.

Whoever gets a copy of the database, a backup for one, cannot compute codes from
it: the key is made of the site's secret, which is not in the database. Guards
nothing against somebody who has both.
"""

import base64
import logging
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"explainer second factor"
SEALED = "sealed:"
logger = logging.getLogger(__name__)


class SealedAdapter(DefaultMFAAdapter):
    """How this site keeps the secrets of second factors (requirement A7)."""

    def encrypt(self, text: str) -> str:
        """Seal a secret with the key of today."""
        return SEALED + _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret; one stored before secrets were sealed is given as it is.

        If no key fits, gives a secret that nobody has: no code is right then, and
        an administrator has to take the factor away.
        """
        if not encrypted_text.startswith(SEALED):
            return encrypted_text
        try:
            return _keys().decrypt(encrypted_text.removeprefix(SEALED)).decode()
        except InvalidToken:
            logger.warning(
                "A second factor was sealed with another DJANGO_SECRET_KEY: name the former one in "
                "DJANGO_FORMER_SECRET_KEYS, or run manage.py reset_second_factor."
            )
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _keys() -> MultiFernet:
    """Give the key of today, and those of former secrets to open what they sealed."""
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(_derived(secret)))
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


def _derived(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
