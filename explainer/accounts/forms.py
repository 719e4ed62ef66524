"""The forms of an account, and what a password may not be made of besides what Django refuses."""

import re
from itertools import chain
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.db.models import Q

from explainer.accounts.models import administrators, facts
from explainer.kinds import TREATMENT
from explainer.library.models import Document
from explainer.library.permissions import ROLES, Right

LAST = (
    "This is the last account that can manage the others. "
    "Give somebody else the role 'administrator' first."
)


class PersonForm(UserChangeForm):
    """Changes an account; refuses to leave the site without an administrator."""

    before: dict[str, object]
    """What the account was when its row was locked, for the audit log."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Two who demote each other in the same moment come one after the other.
        list(User.objects.select_for_update().order_by("pk"))
        self.instance.refresh_from_db()
        self.before = facts(self.instance)
        others = administrators().exclude(pk=self.instance.pk)
        is_one = administrators().filter(pk=self.instance.pk).exists()
        if is_one and not self._stays_one(cleaned) and not others.exists():
            raise forms.ValidationError(LAST, code="last_administrator")
        return cleaned

    def _stays_one(self, cleaned: dict[str, Any]) -> bool:
        def value(name: str) -> Any:
            return cleaned.get(name, getattr(self.instance, name))

        roles = cleaned.get("groups", self.instance.groups.all())
        app, _, name = Right.ADMINISTER.partition(".")
        right = Permission.objects.filter(content_type__app_label=app, codename=name)
        may = value("is_superuser") or right.filter(Q(group__in=roles) | Q(user=self.instance))
        return bool(value("is_active") and value("is_staff") and may)


SHORTEST = 4
"""Letters that a word of the site needs to be looked for."""


class SiteWordsValidator:
    """Refuses a password of which half or more is words that every visitor of the site sees."""

    def validate(self, password: str, user: User | None = None) -> None:
        signs = left = "".join(filter(str.isalnum, password.casefold()))
        for word in sorted(_words(), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) * 2 <= len(signs):
            raise ValidationError(
                "This password is mostly words of this site, which are guessed first. "
                "Use words that have nothing to do with it.",
                code="password_of_site_words",
            )

    def get_help_text(self) -> str:
        return "Your password can’t be mostly words of this site, such as its name or a treatment."


class AnothersPasswordForm(AdminPasswordChangeForm):
    """Gives an account another password; cannot take its password away.

    Django's own form can, and so could shut out the last administrator without the
    account's form being asked. Whoever may not get in is disabled.
    """

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            self.fields[name].required = True

    def save(self, commit: bool = True) -> User:
        """Write the password alone: the rest of the row may have changed since it was read."""
        self.user.set_password(self.cleaned_data["password1"])
        if commit:
            self.user.save(update_fields=["password"])
        return self.user


class InviteForm(forms.Form):
    """Whom to invite, and to which roles: who is invited chooses none of them."""

    email = forms.EmailField(label="Their e-mail address", max_length=254)
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=[(name, name) for name in ROLES.values()],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError("An account has this address already: see the list of accounts.")
        return email


class WelcomeForm(UserCreationForm):
    """Makes one's own account: name and password, and nothing that somebody else decides."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name")


def _words() -> set[str]:
    treatments = Document.objects.filter(kind=TREATMENT)
    names = chain([settings.SITE_NAME], *treatments.values_list("key", "title"))
    parts = [re.findall(r"\w+", name.casefold()) for name in names]
    return {word for words in parts for word in (*words, "".join(words)) if len(word) >= SHORTEST}
