"""Entries that several processes write at once still make one chain."""

import os
import subprocess
import sys

from tests.server.serving import ROOT

WRITERS, ENTRIES = 4, 15
BEGIN = "import django; django.setup(); "
MIGRATE = (
    BEGIN + "from django.core.management import call_command as call; call('migrate', verbosity=0)"
)
VERIFY = BEGIN + "from django.core.management import call_command as call; call('verify_audit')"
WRITE = BEGIN + (
    "from django.utils import timezone; from explainer.library import audit; "
    f"[audit.record(actor=None, action='try', now=timezone.now()) for _ in range({ENTRIES})]"
)


def test_writers_at_once_make_one_whole_chain(fresh) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "explainer.settings", **fresh}
    options = {"cwd": ROOT, "env": environment}
    subprocess.run([sys.executable, "-c", MIGRATE], check=True, **options)

    line = [sys.executable, "-c", WRITE]
    writers = [subprocess.Popen(line, **options) for _ in range(WRITERS)]
    codes = [writer.wait() for writer in writers]
    verified = subprocess.check_output([sys.executable, "-c", VERIFY], text=True, **options)

    assert codes == [0] * WRITERS
    assert verified == f"{WRITERS * ENTRIES} entries, none changed, none missing.\n"
