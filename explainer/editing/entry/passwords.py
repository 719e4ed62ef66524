"""What a password may not be made of, besides what Django refuses (requirement A8)."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from explainer.library.models import Treatment

SHORTEST = 4
"""Letters that a word of the site needs to be looked for."""


class SiteWordsValidator:
    """Refuses a password of which half or more is words that every visitor of the site sees."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` if so."""
        del user
        signs = left = "".join(filter(str.isalnum, password.casefold()))
        for word in sorted(_words(_names()), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) * 2 <= len(signs):
            raise ValidationError(
                "This password is mostly words of this site, which are guessed first. "
                "Use words that have nothing to do with it.",
                code="password_of_site_words",
            )

    def get_help_text(self) -> str:
        """Say the rule before it is broken."""
        return "Your password can’t be mostly words of this site, such as its name or a treatment."


def _names() -> Iterable[str]:
    yield settings.SITE_NAME
    for key, name in Treatment.objects.values_list("key", "name"):
        yield key
        yield name


def _words(names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        parts = re.findall(r"\w+", name.casefold())
        found.update(part for part in [*parts, "".join(parts)] if len(part) >= SHORTEST)
    return found
