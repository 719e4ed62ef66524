"""The admin of staff accounts: administrators give roles; nobody gives more than they may.

Accounts are disabled, never deleted: what somebody wrote keeps its author. Replaces
Django's own account pages and takes allauth's out, which show secrets.
"""

from typing import Any

import allauth.account.admin  # registers first, to be taken out below
import allauth.mfa.admin  # noqa: F401 - the same
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html_join

from explainer.accounts import people, reauthentication, second_factor, sessions
from explainer.accounts.forms import PersonForm
from explainer.accounts.log import told
from explainer.accounts.passwords import AnothersPasswordForm
from explainer.library.permissions import Right

ROLES = ("is_active", "is_staff", "groups")
ABOVE_ROLES = ("is_superuser",)
"""What only superusers give; to everybody else it does not exist."""


class PersonAdmin(UserAdmin):
    """Staff accounts, for people with the role 'administrator'."""

    form = PersonForm
    add_form = UserCreationForm
    change_password_form = AnothersPasswordForm
    change_user_password_template = "accounts/anothers_password.html"  # noqa: S105 - a template
    actions = ["end_sessions"]
    list_display = ("username", "first_name", "last_name", "is_active", "roles", "second_factor")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined", "logged_in", "second_factor")
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2", "is_staff", "groups")}),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Allow administrators."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow administrators."""
        return request.user.is_active and request.user.has_perm(Right.ADMINISTER)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow administrators."""
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow administrators; a superuser's account only to superusers, password included."""
        is_above = isinstance(obj, User) and obj.is_superuser and not _is_superuser(request)
        return self.has_view_permission(request) and not is_above

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse: accounts are disabled."""
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out what only superusers give."""
        if obj is None:
            return self.add_fieldsets
        given = (*ROLES, *ABOVE_ROLES) if _is_superuser(request) else ROLES
        carried = ("opened",) if self.has_change_permission(request, obj) else ()
        return (
            (None, {"fields": ("username", "password", *people.DETAILS, *carried)}),
            ("May do", {"fields": given}),
            ("Getting in", {"fields": ("second_factor", "logged_in", "last_login", "date_joined")}),
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin a new account as one of staff; there are no others."""
        return {"is_staff": True}

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Show the roles as boxes to tick."""
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
            kwargs["label"] = "Roles"
            kwargs["help_text"] = ""
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask for the password again, then show or save an account (requirement A13)."""
        self._only_for_administrators(request)
        return reauthentication.confirmed(request) or super().changeform_view(
            request, *args, **kwargs
        )

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002 - Django's name
        """Ask for the password again, then give an account another password."""
        self._only_for_administrators(request)
        refused = reauthentication.confirmed(request)
        if refused:
            return refused
        answer: HttpResponse = super().user_change_password(request, id, form_url)
        if request.method == "POST" and answer.status_code == 302:
            told(request, "password set by another", {}, {"name": User.objects.get(pk=id).username})
        return answer

    def _only_for_administrators(self, request: HttpRequest) -> None:
        # Before the password is asked for: nobody types it only to be refused.
        if not self.has_view_permission(request):
            raise PermissionDenied

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the roles, tell what changed, and log out whoever was disabled."""
        super().save_related(request, form, formsets, change)
        person = User.objects.get(pk=form.instance.pk)
        before, after = getattr(form, "before", {}), people.facts(person)
        also = [words for name, words in people.DETAILS.items() if name in form.changed_data]
        if also:
            after["also changed"] = also
        if before != after:
            told(request, "account changed" if change else "account made", before, after)
        if not (person.is_active and person.is_staff):
            sessions.end_sessions(person)

    @admin.action(description="Log the chosen people out everywhere", permissions=["change"])
    def end_sessions(self, request: HttpRequest, chosen: QuerySet[User]) -> Any:
        """Ask for the password again, then end every session of the chosen people (A13, A16)."""
        refused = reauthentication.confirmed(request)
        if refused:
            return refused
        for person in chosen:
            count = sessions.end_sessions(person)
            told(request, "sessions ended", {"name": person.username, "sessions": count}, {})
            messages.success(request, f"{person.username}: {count} session(s) ended.")
        return None

    @admin.display(description="roles")
    def roles(self, person: User) -> str:
        """Name the roles."""
        return ", ".join(group.name for group in person.groups.all()) or "none"

    @admin.display(description="second factor", boolean=True)
    def second_factor(self, person: User) -> bool:
        """Say whether the log-in asks for a code."""
        return second_factor.has_factor(person)

    @admin.display(description="logged in")
    def logged_in(self, person: User) -> str:
        """List the open sessions."""
        rows = (
            (date_format(one.began, "j M Y H:i"), date_format(one.seen, "j M Y H:i"))
            for one in sessions.open_sessions(person)
        )
        return format_html_join("", "<p>since {}, last active {}</p>", rows) or "nowhere"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Fetch the roles in one query."""
        return super().get_queryset(request).prefetch_related("groups")


def _is_superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser


for model in (User, Group, Authenticator, EmailAddress):
    admin.site.unregister(model)
admin.site.register(User, PersonAdmin)
