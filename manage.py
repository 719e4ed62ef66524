"""Django's command line for this site; `manage.py serve` runs it."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import Error

from explainer.web.database_faults import cure

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refused:
        sys.exit(f"Not started. {refused}")
    except Error as failed:
        if "--traceback" in sys.argv or not (words := cure(failed)):
            raise
        sys.exit(words)
