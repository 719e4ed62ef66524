"""The admin: lists of everything staff work on, and a first page that says what waits.

Whoever may log in may read all of the library. Nothing is changed here: every row opens in
the editor.
"""

from django.conf import settings
from django.contrib import admin

from explainer.library.models.document import LISTED
from explainer.staff import dashboard
from explainer.staff.lists.autocomplete import autocomplete
from explainer.staff.lists.changelists import admin_of

admin.site.site_header = f"{settings.SITE_NAME}: staff"
admin.site.site_title = "Staff"
admin.site.index_title = "Your desk"
# Its links are in the head of every page; beside a text and its preview there is no room for it.
admin.site.enable_nav_sidebar = False
admin.site.index = dashboard.with_work(admin.site.index)  # type: ignore[method-assign, assignment]
admin.site.autocomplete_view = autocomplete  # type: ignore[method-assign, assignment]

for kind, model in LISTED.items():
    admin.site.register(model, admin_of(kind))
