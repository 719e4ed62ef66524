"""The form of an account: keeps what others changed, and the last administrator."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Permission, User
from django.db.models import Q, QuerySet
from django.forms.models import model_to_dict
from django.http import QueryDict

from explainer.accounts import openings
from explainer.accounts.openings import Opening
from explainer.accounts.people import administrators, facts
from explainer.library.permissions import Right

LAST = (
    "This is the last account that can manage the others. "
    "Give somebody else the role 'administrator' first."
)
STALE = (
    "{who} changed this account after you opened it, so nothing has been saved. What you did not "
    "touch shows what is true now; what you typed is kept. Look at it, then save again."
)
UNMARKED = (
    "This form does not say what it showed when it was opened, so nothing has been saved. "
    "Compare what you sent with what is true now, then save again."
)


class NoLabelInput(forms.HiddenInput):
    """A hidden field inside the admin's rows, which give every field a label."""

    def id_for_label(self, id_: str) -> str:
        """Give nothing to point at: a label of a hidden field is an error in HTML."""
        del id_
        return ""


class OpenedField(forms.CharField):
    """Carries what the form showed; nothing that a person changes."""

    widget = NoLabelInput

    def has_changed(self, initial: object, data: object) -> bool:
        """Never: it is not theirs."""
        del initial, data
        return False


class PersonForm(UserChangeForm):
    """Changes an account; refuses to leave the site without an administrator.

    Refuses, too, to undo what somebody else changed since the form was opened. Has
    only the fields that the person who changes it may change; the admin sees to that.
    """

    opened = OpenedField(required=False, label="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = facts(self.instance)
        if not self.is_bound:
            self.initial["opened"] = openings.sealed(self._opening())

    def clean(self) -> dict[str, Any]:
        """Keep what others changed, and the last administrator (requirement A15)."""
        cleaned = super().clean() or {}
        self._wait_for_others()
        self._refuse_if_stale(cleaned)
        others = administrators().exclude(pk=self.instance.pk)
        if self._administers_now() and not self._will_administer(cleaned) and not others.exists():
            raise forms.ValidationError(LAST, code="last_administrator")
        return cleaned

    def _wait_for_others(self) -> None:
        # Two who change accounts at the same moment come one after the other, in one order.
        accounts = User.objects.filter(Q(is_staff=True) | Q(pk=self.instance.pk)).order_by("pk")
        list(accounts.select_for_update())
        self.instance.refresh_from_db()
        self.before = facts(self.instance)

    def _refuse_if_stale(self, cleaned: dict[str, Any]) -> None:
        opened = openings.unsealed(cleaned.pop("opened", ""), self.instance)
        now = self._opening()
        if opened and opened.values == now.values:
            return
        typed = _plain(cleaned)
        shown = opened.values if opened else typed
        changed = [name for name, value in now.values.items() if shown.get(name) != value]
        # Whoever was given more rights meanwhile has fields that the form did not show.
        untouched = [n for n in changed if opened and n in shown and typed.get(n) == shown[n]]
        self._show_now(now, untouched)
        who = openings.changed_by(opened, now.name) if opened else []
        why = STALE.format(who=" and ".join(who) or "Somebody") if opened else UNMARKED
        raise forms.ValidationError([why, *self._true_now(changed, now)], code="stale")

    def _opening(self) -> Opening:
        names = [name for name in self.fields if name not in ("opened", "password")]
        return openings.opening(self.instance, _plain(model_to_dict(self.instance, names)))

    def _show_now(self, now: Opening, untouched: list[str]) -> None:
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["opened"] = openings.sealed(now)
        for name in untouched:
            value = now.values[name]
            if isinstance(value, list):
                data.setlist(name, [str(key) for key in value])
            elif isinstance(value, bool):
                data.setlist(name, ["on"] if value else [])
            else:
                data[name] = value
        self.data = data

    def _true_now(self, changed: list[str], now: Opening) -> Iterator[str]:
        for name in changed:
            label = self.fields[name].label or name
            yield f"{label}, as it is now: {openings.in_words(now.values[name])}."

    def _administers_now(self) -> bool:
        return administrators().filter(pk=self.instance.pk).exists()

    def _will_administer(self, cleaned: dict[str, Any]) -> bool:
        flags = {
            name: cleaned.get(name, getattr(self.instance, name))
            for name in ("is_active", "is_staff", "is_superuser")
        }
        if not (flags["is_active"] and flags["is_staff"]):
            return False
        roles = cleaned.get("groups", self.instance.groups.all())
        app, name = Right.ADMINISTER.split(".")
        right = Permission.objects.filter(content_type__app_label=app, codename=name)
        return (
            flags["is_superuser"]
            or right.filter(group__in=[role.pk for role in roles]).exists()
            or right.filter(user=self.instance).exists()
        )


def _plain(held: dict[str, Any]) -> dict[str, Any]:
    return {
        name: sorted(one.pk for one in value) if isinstance(value, list | QuerySet) else value
        for name, value in held.items()
    }
