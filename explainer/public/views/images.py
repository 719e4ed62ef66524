"""The files of images that published articles show; of all others, nothing."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from explainer.images import storage
from explainer.library import images
from explainer.web.responses import inert

KEEP = "public, max-age=3600"
"""How long anybody may keep a copy: a withdrawn article's image is gone within the hour."""


def image(request: HttpRequest, key: str, extension: str) -> HttpResponseBase:
    found = get_object_or_404(images.public(), key=key, extension=extension)
    path = storage.place(found.file_name)
    return inert(request, path, media_type=found.media_type, digest=found.sha256, keep=KEEP)
