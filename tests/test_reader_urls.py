"""The table of addresses that readers' requests are looked up in."""

import subprocess
import sys

from django.urls import get_resolver

from tests.browser.served import ROOT, environment_in

ASK = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "explainer.settings"
from django.conf import settings
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
from django.core.wsgi import get_wsgi_application
get_wsgi_application()
from django.test import Client
reader = Client(headers={"host": "localhost"})
for path, host in (("/healthz", "localhost"), ("/no/such.php", "localhost"), ("/", "x.example")):
    print(reader.get(path, headers={"host": host}).status_code)
print(*sys.modules)
"""
STAFFS = {"explainer.editor", "explainer.review", "explainer.staff.urls", "fido2"}


def test_what_answers_readers_loads_nothing_that_only_staff_need(tmp_path):
    line = [sys.executable, "-c", ASK]

    said = subprocess.check_output(line, cwd=ROOT, env=environment_in(tmp_path), text=True)

    *statuses, modules = said.splitlines()
    assert statuses == ["200", "404", "400"]
    assert "explainer.public.views" in modules.split()
    assert not STAFFS & set(modules.split())


def test_readers_lack_no_address_but_those_of_staff():
    every, readers = (
        [str(one.pattern) for one in get_resolver(table).url_patterns]
        for table in ("explainer.urls", "explainer.reader_urls")
    )

    assert [one for one in every if not one.startswith("admin/")] == readers
