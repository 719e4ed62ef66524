"""No password stands in what a site is made of. That content brings no account: tests/sweeps."""

import re

import pytest
from django.conf import settings

ROOTS = ("content", "templates", "static", "README.md", "manage.py", "explainer")
TEXTS = {".md", ".html", ".py", ".yaml", ".txt", ".js", ".css", ".svg", ".xml", ".json"}
SECRETS = [
    re.compile(r"(?:argon2\$|pbkdf2_sha\d+\$|bcrypt\$|scrypt\$|\$2[aby]\$|\$argon2)\w*\S{8}"),
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    # A value after the word: password: "hunter", the password is `hunter`; not a variable's name.
    re.compile(
        r"""(?i:pass(?:word|wd|phrase))["'`]?\s*(?::|=|\bis\b)\s*"""
        r"""["'`](?![A-Z_]+["'`])[^"'`\s{}<>]+["'`]"""
    ),
    re.compile(r"(?i)pass(?:word|wd|phrase)\s*[:=]\s*[^\s\"'`({\[<|,;]*\d[^\s\"'`({\[<|,;]*"),
    re.compile(r"://[^/\s:@`]+:(?!password@)[^/\s:@`]+@"),
]


def files():
    for root in ROOTS:
        place = settings.BASE_DIR / root
        inside = place.rglob("*") if place.is_dir() else [place]
        yield from (one for one in inside if one.is_file() and one.suffix in TEXTS)


def found_in(text):
    return [match.group() for secret in SECRETS for match in secret.finditer(text)]


def test_no_password_stands_in_the_words_templates_and_code():
    swept = {one: found_in(one.read_text()) for one in files()}

    assert len(swept) > 700
    assert {str(one): found for one, found in swept.items() if found} == {}


@pytest.mark.parametrize(
    "text",
    [
        'password: "hunter"',
        "Log in as admin; the password is `hunter`.",
        "EMAIL_HOST_PASSWORD=hunter2",
        "passphrase = 'quiet-rivers'",
        "argon2$argon2id$v=19$m=102400",
        "postgresql://me:hunter@db.example/hair",
        "-----BEGIN RSA PRIVATE KEY-----",
    ],
)
def test_the_sweep_would_find_one(text):
    assert found_in(text)
