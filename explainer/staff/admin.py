"""The admin (being rewritten): the stock lists over documents, one for each kind."""

from django.conf import settings
from django.contrib import admin

from explainer.library.models.document import LISTED

admin.site.site_header = f"{settings.SITE_NAME}: staff"
admin.site.site_title = "Staff"
admin.site.enable_nav_sidebar = False

for model in LISTED.values():
    admin.site.register(model)
