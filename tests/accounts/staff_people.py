"""Staff accounts for the tests of who gets in, and the codes of an app on a phone."""

import base64
import hmac
import struct
import time
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from explainer.accounts import proof

PASSWORD = "quiet rivers carry boats"
LOGIN = "/admin/account/login/"
PAGE = "/admin/account/password/"
"""A page that opens for all staff, and for nobody else."""
ENROL = "/admin/account/factor/app/"
AUTHENTICATE = "/admin/account/factor/authenticate/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOME = "198.51.100.7"
LIST = "/admin/auth/user/"


def person(name="ann", *roles, **flags):
    made = User.objects.create_user(name, password=PASSWORD, **{"is_staff": True, **flags})
    made.groups.set(Group.objects.filter(name__in=roles))
    return User.objects.get(pk=made.pk)


def with_factor(who):
    """Enrol somebody, an hour ago; give the recovery codes."""
    Authenticator.objects.create(user=who, type="totp", data={"secret": encrypt(SECRET)})
    codes = with_recovery_codes(who)
    long_ago = timezone.now() - timedelta(hours=1)
    Authenticator.objects.filter(user=who).update(created_at=long_ago)
    return codes


def with_recovery_codes(who):
    data = {"seed": encrypt("0f" * 40), "used_mask": 0}
    made = Authenticator.objects.create(user=who, type="recovery_codes", data=data)
    return made.wrap().get_unused_codes()


def code(secret=SECRET, *, ago=0):
    """Give what the app shows, or showed some half minutes ago (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30 - ago)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    (number,) = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def stop_the_clock(monkeypatch):
    """Stop in the middle of a half minute, so that no code changes between two lines."""
    now = time.time() // 30 * 30 + 15
    monkeypatch.setattr(time, "time", lambda: now)


def pass_time(monkeypatch, minutes):
    now = time.time() + 60 * minutes
    monkeypatch.setattr(time, "time", lambda: now)


def log_in(client, name="ann", password=PASSWORD, address=HOME, **more):
    return client.post(LOGIN, {"login": name, "password": password}, REMOTE_ADDR=address, **more)


def logged_in(who):
    """A browser in which somebody is logged in, and showed their second factor if they have one."""
    client = Client(raise_request_exception=False)
    client.force_login(who)
    session = client.session
    session[proof.SHOWN] = proof.factor_of(who)
    session.save()
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


def change(client, who, *roles, **fields):
    """Send the form of an account."""
    typed = {
        "username": who.username,
        "is_active": who.is_active and "on",
        "is_staff": "on",
        "groups": list(Group.objects.filter(name__in=roles).values_list("pk", flat=True)),
        **fields,
    }
    return client.post(f"{LIST}{who.pk}/change/", {k: v for k, v in typed.items() if v})
