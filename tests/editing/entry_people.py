"""Staff accounts for the tests of who gets in, and the codes of an app on a phone."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import Group, User
from django.test import Client

PASSWORD = "quiet rivers carry boats"
LOGIN = "/admin/account/login/"
PAGE = "/admin/account/password/"
"""A page that opens for all staff, and for nobody else."""
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOME = "198.51.100.7"


def person(name="ann", *roles, **flags):
    made = User.objects.create_user(name, password=PASSWORD, **{"is_staff": True, **flags})
    made.groups.set(Group.objects.filter(name__in=roles))
    return User.objects.get(pk=made.pk)


def with_factor(who):
    """Enrol somebody; give the recovery codes."""
    auth.TOTP.activate(who, SECRET)
    return RecoveryCodes.activate(who).generate_codes()


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
