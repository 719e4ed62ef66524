"""Images: files that staff sent in, and which published articles show them.

A file never changes: another image has another key. Texts name an image as `figure:KEY`.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from explainer.library.models.document import Document


class Extension(models.TextChoices):
    """The kinds of files we keep, by the end of their names; the label is the media type."""

    PNG = "png", "image/png"
    JPEG = "jpg", "image/jpeg"
    WEBP = "webp", "image/webp"


class Image(models.Model):
    """An image of the library, as it was written anew when somebody sent it in.

    `key` is random and part of its address. `name` is what the sender's file was called, for staff
    alone. `alternative` is a suggestion for texts that will show it; what readers are told stands
    in each text. `sha256` and `size` are the stored file's.
    """

    key = models.CharField(max_length=32, unique=True)
    extension = models.CharField(max_length=4, choices=Extension.choices)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=150, blank=True)
    alternative = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(extension__in=Extension.values), name="image_is_one_of_three_kinds"
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0, size__gt=0), name="image_has_a_size"
            ),
        ]
        indexes = [models.Index(fields=["by", "at"], name="image_by_sender")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Give its address for readers; it answers while a published article shows the image."""
        return f"/images/{self.file_name}"

    @property
    def file_name(self) -> str:
        return f"{self.key}.{self.extension}"

    @property
    def media_type(self) -> str:
        return str(Extension(self.extension).label)

    @property
    def subject(self) -> str:
        return f"images/{self.key}"

    @property
    def staff_address(self) -> str:
        """Give the address of its file for staff, published or not."""
        return reverse("staff-image-file", args=[self.key])


class ImageUse(models.Model):
    """A published article shows an image. Rebuilt by publishing, never typed."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="image_uses")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        ordering = ["document", "image"]
        constraints = [models.UniqueConstraint(fields=["document", "image"], name="image_use_once")]

    def __str__(self) -> str:
        return f"{self.image_id} in {self.document_id}"
