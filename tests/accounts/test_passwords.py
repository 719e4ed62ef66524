"""What a password may be: long, not common, not about its owner, not words of the site."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from explainer.accounts.models import log_entry
from explainer.kinds import TREATMENT
from explainer.library.models import AuditEntry, Document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _treatment():
    Document.objects.create(kind=TREATMENT, key="mesotherapy", title="Mesotherapy")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("elevenchars", "password_too_short"),
        ("password1234", "password_too_common"),
        ("annabel-lee-1", "password_too_similar"),
        ("SaidAndShown1", "password_of_site_words"),
        ("said and shown 2026", "password_of_site_words"),
        ("Mesotherapy2026!", "password_of_site_words"),
    ],
)
def test_a_weak_password_is_refused(password, reason):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, User(username="annabel-lee"))

    assert reason in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize(
    "password",
    ["quiet rivers carry boats", "twelve signs", "x y" * 64, "what I shown to the grey heron"],
)
def test_anything_else_of_twelve_signs_or_more_is_allowed(password):
    validate_password(password, User(username="annabel-lee"))


@pytest.mark.django_db
def test_a_name_with_a_new_line_stays_one_line(rf):
    stranger = rf.post("/admin/account/login/")

    log_entry(stranger, "log-in failed", {}, {"name": "ann\r\n2026 root logged in"})

    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action) == (None, "log-in failed")
    assert entry.actor_name == "ann\\r\\n2026 root logged in"
    assert entry.after == {"name": "ann 2026 root logged in"}
