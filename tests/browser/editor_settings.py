"""The site's own settings, with a page that holds nothing but the editor."""

from explainer.settings import *  # noqa: F403

ROOT_URLCONF = "tests.editor.live_site"
