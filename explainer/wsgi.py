"""The application as a WSGI callable; any WSGI server can run it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from explainer.web import scheduler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explainer.settings")
application = get_wsgi_application()
if settings.PUBLISH_EVERY:
    scheduler.start(settings.PUBLISH_EVERY)

# Models can be imported only now. The first reader who searches need not wait for the index.
from explainer.search import index  # noqa: E402

index.in_background(index.shelf.warm)
