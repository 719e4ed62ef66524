"""Files go past the second person: where staff work, who brings them says why, and it is kept."""

import os
import pwd

import pytest

from explainer.library import audit
from explainer.library.models import AuditEntry
from tests.files.folders import SMALL, fill
from tests.files.loads import CLAIM, NEW_HARM, public_claim, run
from tests.library import people

pytestmark = pytest.mark.django_db
WHY = "The maker withdrew the lamp."


@pytest.fixture
def folder(tmp_path):
    fill(tmp_path, SMALL)
    run(str(tmp_path))
    return tmp_path


def entries():
    return list(AuditEntry.objects.filter(action="load content"))


def test_a_first_load_and_one_before_the_first_account_ask_nothing(folder):
    fill(folder, {CLAIM: NEW_HARM})

    assert run(str(folder))[2] == ""
    assert entries() == []


def test_public_words_do_not_change_past_staff_without_a_reason(folder):
    people.staff("ana", "author")
    before = public_claim().pk
    fill(folder, {CLAIM: NEW_HARM})

    said = run(str(folder))[2]

    assert "claims/red-light/eye-harm would change without a second person" in said
    assert "--reason" in said
    assert run(str(folder), "--reason", "  ")[2] == said
    assert (public_claim().pk, entries()) == (before, [])


def test_with_a_reason_they_do_and_the_log_has_who_and_why(folder):
    people.staff("ana", "author")
    fill(folder, {CLAIM: NEW_HARM})

    assert run(str(folder), "--reason", WHY)[2] == ""

    (entry,) = entries()
    assert entry.actor_name == f"{pwd.getpwuid(os.getuid()).pw_name} by load_content"
    assert entry.comment == WHY
    assert entry.after == {"changed": ["claims/red-light/eye-harm"], "new": []}
    assert list(audit.verify()) == []


def test_who_ran_it_is_what_the_system_knows_not_what_a_variable_says(folder, monkeypatch):
    monkeypatch.setenv("LOGNAME", "somebody")
    monkeypatch.setenv("USER", "somebody")
    people.staff("ana", "author")
    fill(folder, {CLAIM: NEW_HARM})
    run(str(folder), "--reason", WHY)

    assert entries()[0].actor_name != "somebody by load_content"


def test_the_same_files_again_need_no_reason(folder):
    people.staff("ana", "author")

    assert run(str(folder))[2] == ""
