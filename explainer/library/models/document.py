"""Documents: what has an address and words, whatever its kind; images; and where they are shown.

The file of an image never changes: another has another key. Texts name it as `figure:KEY`.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from explainer.evidence.levels import ANY_PRODUCT, Level
from explainer.kinds import BY_NAME, BY_PATH, CLAIM, KINDS, Kind
from explainer.kinds.schema import KEY


class KindField(models.CharField):
    """Holds a kind by its name."""

    def from_db_value(self, value: str | None, *_rest: Any) -> Kind | None:
        return BY_NAME[value] if value else None

    def to_python(self, value: Any) -> Any:
        return BY_NAME.get(value, value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Kind) else value


class Status(models.IntegerChoices):
    """Where a document stands between its author and the public, in the order of the work."""

    NEW = 1, "Draft, never public"
    REVIVED = 2, "Withdrawn, draft open"
    REWRITTEN = 3, "Published, draft open"
    IN_REVIEW = 4, "In review"
    APPROVED = 5, "Approved, waiting to be published"
    SCHEDULED = 6, "Scheduled"
    PUBLISHED = 7, "Published"
    WITHDRAWN = 8, "Withdrawn"
    EMPTY = 9, "No words: its drafts were thrown away"

    @property
    def slug(self) -> str:
        return self.name.lower().replace("_", "-")


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents by the name that staff's addresses and the audit log give them."""

    def by_subject(self, subject: str) -> "Document | None":
        """Find one; None for what is no subject, or nobody's."""
        path, *names = subject.split("/")
        # PostgreSQL refuses a NUL, so what can be no key is not asked for.
        if path not in BY_PATH or not all(map(KEY.fullmatch, names)):
            return None
        return self.filter(kind=BY_PATH[path], key="/".join(names)).first()


class Document(models.Model):
    """The identity of a claim, article, source, term or treatment: its key never changes.

    All columns below `treatment` are derived from its revisions by `library.derive`, their only
    writer, so that lists can filter by them: `title` and `status` tell of the newest revision,
    the rest of the public one, or of the newest while nothing is public.
    """

    kind = KindField(max_length=20)
    key = models.CharField(max_length=200)
    treatment = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="documents"
    )
    title = models.CharField(max_length=500, blank=True)
    status = models.PositiveSmallIntegerField(choices=Status.choices, default=Status.EMPTY)
    level = models.CharField(max_length=20, blank=True)
    bearing = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    topic = models.CharField(max_length=20, blank=True)
    product = models.CharField(max_length=120, default=ANY_PRODUCT)
    review_due = models.DateField(null=True)
    first_published_at = models.DateTimeField(null=True)
    live = models.OneToOneField(
        "Revision", null=True, on_delete=models.PROTECT, related_name="live_of"
    )
    newest = models.OneToOneField(
        "Revision", null=True, on_delete=models.PROTECT, related_name="newest_of"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "key"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="document_once"),
            models.CheckConstraint(
                condition=Q(live__isnull=True)
                | ~Q(kind=CLAIM.name)
                | Q(level__in=[str(level) for level in Level]),
                name="document_public_claim_has_level",
            ),
            models.CheckConstraint(
                condition=Q(live__isnull=True)
                | Q(level=Level.UNSUPPORTED) & ~Q(reason="")
                | ~Q(level=Level.UNSUPPORTED) & Q(reason=""),
                name="document_unsupported_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["kind", "status"], name="document_by_status")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return str(self.kind.address(self.key))

    @property
    def subject(self) -> str:
        """Its name among all documents, as addresses and the audit log give it: claims/KEY."""
        return f"{self.kind.path}/{self.key}"


def _listed(kind: Kind) -> type[Document]:
    meta = {"proxy": True, "verbose_name": kind.label.lower(), "default_permissions": ()}
    name = kind.label.title().replace(" ", "")
    attributes = {"Meta": type("Meta", (), meta), "__module__": __name__}
    return type(name, (Document,), attributes)


LISTED = {kind: _listed(kind) for kind in KINDS}
"""A model over the same table for each kind, because the stock admin lists models."""


class Mention(models.Model):
    """A revision that is or was public shows a document: a claim, a record, a source it cites.

    Made by publishing, never typed; kept when the revision is replaced, so that a page of the
    past knows what it showed.
    """

    revision = models.ForeignKey("Revision", on_delete=models.CASCADE, related_name="mentions")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="mentions")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["revision", "order"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["revision", "document"], name="mention_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} in {self.revision_id}"


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
