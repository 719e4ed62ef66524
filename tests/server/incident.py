"""The site that the runbook is tried on: `python -m tests.server.incident`."""

import os


def prepare() -> None:
    """A public page, a publisher with a second factor, and an author who is logged in."""
    from django.core.management import call_command
    from django.test import Client

    from explainer.web.staticfiles import collect
    from tests.accounts import staff_people
    from tests.public import shop

    collect()
    call_command("migrate", verbosity=0)
    shop.build()
    staff_people.with_factor(staff_people.person("pia", "publisher", "administrator"))
    Client().force_login(staff_people.person("bea", "author"))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
    import django

    django.setup()
    prepare()
