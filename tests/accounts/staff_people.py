"""Staff accounts for the tests of who gets in, and the codes of an app on a phone."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

PASSWORD = "quiet rivers carry boats"
LOGIN = "/admin/account/login/"
PAGE = "/admin/account/password/"
"""A page that opens for all staff, and for nobody else."""
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOME = "198.51.100.7"
LIST = "/admin/auth/user/"


def person(name="ann", *roles, **flags):
    made = User.objects.create_user(name, password=PASSWORD, **{"is_staff": True, **flags})
    made.groups.set(Group.objects.filter(name__in=roles))
    return User.objects.get(pk=made.pk)


def with_factor(who):
    """Enrol somebody, an hour ago; give the recovery codes."""
    auth.TOTP.activate(who, SECRET)
    codes = RecoveryCodes.activate(who).generate_codes()
    long_ago = timezone.now() - timedelta(hours=1)
    Authenticator.objects.filter(user=who).update(created_at=long_ago)
    return codes


def code(secret=SECRET, *, ago=0):
    """Give what the app shows, or showed some half minutes ago."""
    counter = int(auth.time.time()) // 30 - ago
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def log_in(client, name="ann", password=PASSWORD, address=HOME, **more):
    return client.post(LOGIN, {"login": name, "password": password}, REMOTE_ADDR=address, **more)


def logged_in(who):
    client = Client(raise_request_exception=False)
    client.force_login(who)
    return client


def is_in(client):
    return client.get(PAGE).status_code == 200


def factors(of):
    return set(Authenticator.objects.filter(user=of).values_list("type", flat=True))


def fresh(who):
    """A browser in which somebody has just typed the password."""
    client = logged_in(who)
    client.logout()
    log_in(client, who.username)
    return client


def opened(client, who):
    """Open the form of an account; give what it carries of what it showed."""
    page = client.get(f"{LIST}{who.pk}/change/")
    return page.context["adminform"].form.initial["opened"] if page.context else ""


def change(client, who, *roles, **fields):
    """Open the form of an account and send it at once, or one opened before."""
    typed = {
        "username": who.username,
        "is_active": who.is_active and "on",
        "is_staff": "on",
        "groups": list(Group.objects.filter(name__in=roles).values_list("pk", flat=True)),
        "opened": fields.get("opened") or opened(client, who),
        **fields,
    }
    return client.post(f"{LIST}{who.pk}/change/", {k: v for k, v in typed.items() if v})
