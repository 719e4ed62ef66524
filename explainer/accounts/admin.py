"""The admin of staff accounts, in place of Django's own and of allauth's, which show secrets.

Accounts are disabled, never deleted: what somebody wrote keeps its author.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import allauth.account.admin  # registers first, to be taken out below
import allauth.mfa.admin  # noqa: F401 - the same
from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html_join

from explainer.accounts import second_factor, sessions
from explainer.accounts.forms import AnothersPasswordForm, PersonForm
from explainer.accounts.models import DETAILS, facts, log_entry
from explainer.library.permissions import Right
from explainer.text.search_words import phrases_of
from explainer.web.search import finding

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


# The right comes first: nobody types the password only to be refused.
GUARDS: list[Any] = [permission_required(Right.ADMINISTER, raise_exception=True), confirmed]


@method_decorator(GUARDS, name="changeform_view")
@method_decorator(GUARDS, name="user_change_password")
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

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return finding(queryset, phrases_of(search_term), self.search_fields), False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_active and request.user.has_perm(Right.ADMINISTER)

    has_module_permission = has_add_permission = has_view_permission

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Allow administrators; a superuser's account only to superusers, password included."""
        is_above = getattr(obj, "is_superuser", False) and not request.user.is_superuser
        return self.has_view_permission(request) and not is_above

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out what only superusers give: to everybody else it does not exist."""
        if obj is None:
            return self.add_fieldsets
        above = ("is_superuser",) if request.user.is_superuser else ()
        return (
            (None, {"fields": ("username", "password", *DETAILS)}),
            ("May do", {"fields": ("is_active", "is_staff", "groups", *above)}),
            ("Getting in", {"fields": ("second_factor", "logged_in", "last_login", "date_joined")}),
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"is_staff": True}

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "label": "Roles", "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002 - Django's name
        response: HttpResponse = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            name = User.objects.get(pk=id).username
            log_entry(request, "password set by another", {}, {"name": name})
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        person = User.objects.get(pk=form.instance.pk)
        before, after = getattr(form, "before", {}), facts(person)
        also = [words for name, words in DETAILS.items() if name in form.changed_data]
        if also:
            after["also changed"] = also
        if before != after:
            log_entry(request, "account changed" if change else "account made", before, after)
        if not (person.is_active and person.is_staff):
            sessions.end_sessions(person)

    @admin.action(description="Log the chosen people out everywhere", permissions=["change"])
    @method_decorator(confirmed)
    def end_sessions(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for person in chosen:
            count = sessions.end_sessions(person)
            log_entry(request, "sessions ended", {"name": person.username, "sessions": count}, {})
            messages.success(request, f"{person.username}: {count} session(s) ended.")

    @admin.display(description="roles")
    def roles(self, person: User) -> str:
        return ", ".join(group.name for group in person.groups.all()) or "none"

    @admin.display(description="second factor", boolean=True)
    def second_factor(self, person: User) -> bool:
        return second_factor.has_factor(person)

    @admin.display(description="logged in")
    def logged_in(self, person: User) -> str:
        found = sessions.open_sessions(person)
        rows = ([date_format(at, "j M Y H:i") for at in session] for session in found)
        return format_html_join("", "<p>since {}, last active {}</p>", rows) or "nowhere"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")


for model in (User, Group, Authenticator, EmailAddress):
    admin.site.unregister(model)
admin.site.register(User, PersonAdmin)
