"""Django's command line for this site; `manage.py serve` runs it."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured


def run() -> None:
    """Serve at once if nothing changed since the last time; else do what the words say."""
    if sys.argv[1:2] == ["serve"]:
        # Imported here and below: the settings may be refused, and Django takes a second.
        from explainer.operations import starting  # noqa: PLC0415

        starting.at_once(sys.argv[2:])
    from django.core.management import execute_from_command_line  # noqa: PLC0415
    from django.db import Error  # noqa: PLC0415

    from explainer.web.database_faults import cure  # noqa: PLC0415

    try:
        execute_from_command_line(sys.argv)
    except Error as failed:
        if "--traceback" in sys.argv or not (words := cure(failed)):
            raise
        sys.exit(words)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    try:
        run()
    except ImproperlyConfigured as refused:
        sys.exit(f"Not started. {refused}")
