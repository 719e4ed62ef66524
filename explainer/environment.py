"""Strict readers of environment variables.

A variable is either right or the process does not start: every refusal, an
`ImproperlyConfigured`, names the variable, what it holds and what to write instead.
"""

import os
import re
import secrets
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"1", "true", "yes"})
NO = frozenset({"0", "false", "no"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
SECRET_LENGTH = 50
KEY_COMMAND = 'DJANGO_SECRET_KEY="$(python3 -c "import secrets; print(secrets.token_urlsafe(64))")"'

asked: dict[str, str] = {}
"""What was read so far, as it was when it was read: settings are made of nothing else."""


def text(name: str, default: str = "") -> str:
    """Give a variable without blanks around it, or the default if it is empty or not set."""
    asked[name] = os.environ.get(name, "")
    return asked[name].strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if value not in YES | NO | {""}:
        raise ImproperlyConfigured(f"{name} is {value!r}. Write 1, true or yes; or 0, false or no.")
    return value in YES if value else default


def items(name: str, *, default: tuple[str, ...] = ()) -> list[str]:
    """Read a list whose items are separated by commas; blanks and empty items are dropped."""
    found = [item.strip() for item in text(name).split(",") if item.strip()]
    return found or list(default)


def number(name: str, default: int) -> int:
    """Read a whole number, 0 or more."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} is {value!r}. Write a whole number, such as {default}.")
    return int(value)


def contact(name: str) -> str:
    """Read an address to write to as RFC 9116 has it, such as mailto:security@hair.example."""
    value = text(name)
    if value and not re.fullmatch(r"(?:mailto:|https://|tel:)[!-~]+", value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Write it with its kind, such as mailto:security@hair.example "
            "or https://hair.example/contact."
        )
    return value


def contact_until(name: str, *, needed: bool) -> date | None:
    """Read the day to which a contact holds, at most a year ahead, as RFC 9116 advises."""
    value = text(name)
    if not (value or needed):
        return None
    try:
        day = date.fromisoformat(value)
        if day <= datetime.now(UTC).date() + timedelta(days=366):
            return day
    except ValueError:
        pass
    raise ImproperlyConfigured(
        f"{name} is {value!r}. Write the day to which SECURITY_CONTACT holds, at most a year "
        "ahead, such as 2027-01-31."
    )


def origin(name: str) -> str:
    """Read an address without a path, such as https://hair.example; empty if it is not set."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    plain = f"{parts.scheme}://{parts.netloc}" == value and "@" not in value
    if value and not (plain and parts.hostname and parts.scheme in ("http", "https")):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Write the site's address without a path: https://hair.example"
        )
    return value


def redis_address(name: str) -> str:
    """Read where Redis listens; empty if it is not set. Needs the extra that speaks to it."""
    value = text(name)
    if value and urlsplit(value).scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured(
            f"{name} does not begin with redis://, rediss:// or unix://. "
            f"Write the address of Redis: {name}=redis://127.0.0.1:6379/0"
        )
    if value and find_spec("redis") is None:
        raise ImproperlyConfigured(
            f"{name} is set, and the library that speaks to Redis is not installed. "
            "Install it: pip install 'redis>=8.1,<9'"
        )
    return value


def time_zone(name: str) -> str:
    """Read the name of a time zone as IANA lists it; UTC if it is not set."""
    value = text(name, "UTC")
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImproperlyConfigured(
            f"{name} is {value!r}, which is no time zone known here. "
            f"Write its IANA name: {name}=Europe/Berlin"
        ) from error
    return value


def folder_path(name: str, default: str) -> str:
    """Read the beginning of an address on this site, such as /admin/."""
    value = text(name, default)
    if not re.fullmatch(r"(/[a-z0-9-]+)+/", value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Write small letters, digits and hyphens between slashes: /admin/"
        )
    return value


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Read a list of networks or single addresses; empty if it is not set."""
    found = []
    for item in items(name):
        try:
            found.append(ip_network(item))
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} holds {item!r}, which is no network ({error}). "
                f"Write addresses or networks with commas: {name}=203.0.113.7,10.0.0.0/8"
            ) from error
    return found


def writable_folder(name: str, default: Path) -> Path:
    """Read where to keep files, and make the folder if it is missing."""
    place = Path(text(name, str(default)))
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{place} cannot be made ({error.strerror}). "
            f"Make it and let this user write there, or name another folder: {name}=/srv/explainer"
        ) from error
    if not os.access(place, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(
            f"{place} cannot be written to by this user. "
            f"Change its owner, or name another folder: {name}=/srv/explainer"
        )
    return place


def is_public(hosts: list[str], site_url: str) -> bool:
    """True if anybody but this machine may ask: a name beyond loopback, or an address on https."""
    named = {*hosts, *([urlsplit(site_url).netloc.rpartition(":")[0]] if site_url else [])}
    return bool(named - LOOPBACK) or site_url.startswith("https:")


def refuse_insecure(*, debug: bool, hosts: list[str], site_url: str, second_factor: bool) -> None:
    """Stop a public site whose settings would betray its readers, or let others publish."""
    if debug:
        wrong = (
            "DJANGO_DEBUG is on while the site is public: error pages would show its insides. "
            "Set it off: DJANGO_DEBUG=0"
        )
    elif "*" in hosts:
        wrong = (
            "DJANGO_ALLOWED_HOSTS holds '*', which answers to any name. "
            "Name the site's hosts: DJANGO_ALLOWED_HOSTS=hair.example"
        )
    elif not site_url.startswith("https://"):
        wrong = (
            f"SITE_URL is {site_url!r} while the site is public. "
            "Set its address on https: SITE_URL=https://hair.example"
        )
    elif not second_factor:
        wrong = (
            "STAFF_SECOND_FACTOR is off while the site is public: a stolen password would be "
            "enough to publish. Leave it out, or set it on: STAFF_SECOND_FACTOR=1"
        )
    else:
        return
    raise ImproperlyConfigured(wrong)


def given_secret() -> str:
    value = text("DJANGO_SECRET_KEY")
    if not value:
        raise ImproperlyConfigured(
            f"DJANGO_SECRET_KEY is not set. Set it, for example: {KEY_COMMAND}"
        )
    if len(value) < SECRET_LENGTH:
        raise ImproperlyConfigured(
            f"DJANGO_SECRET_KEY has {len(value)} characters; a public site needs at least "
            f"{SECRET_LENGTH}. Make one: {KEY_COMMAND}"
        )
    return value


def local_secret(file: Path) -> str:
    """Give the secret of this machine; the first call makes it, readable by its owner alone."""
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    if not file.exists():
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(secrets.token_urlsafe(64))
        try:
            # A link never replaces: of two processes that start at once, one makes the secret.
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return _read_secret(file)


def _read_secret(file: Path) -> str:
    cure = (
        "Put back the copy you kept; or delete the file, and the next start makes another: then "
        "everybody logs in again and sets up their second factor anew."
    )
    try:
        value = file.read_text(encoding="ascii")
    except OSError as error:
        raise ImproperlyConfigured(
            f"The secret in {file} cannot be read ({error.strerror}). Make this user its owner."
        ) from error
    except UnicodeDecodeError as error:
        raise ImproperlyConfigured(f"{file} holds no secret but other bytes. {cure}") from error
    if len(value.strip()) < SECRET_LENGTH:
        length = len(value.strip())
        raise ImproperlyConfigured(
            f"The secret in {file} has {length} characters, not {SECRET_LENGTH} or more. {cure}"
        )
    return value
