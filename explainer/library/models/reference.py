"""Reference rows: treatments, sources and glossary terms, and the versions of them.

A row holds what is public now; its versions hold what was, and what is being
written.
"""

from django.db import models
from django.db.models import Q

from explainer.evidence.levels import Role, Seen, SourceKind
from explainer.library.models.versions import Version, VersionQuerySet, version_constraints


def choices(vocabulary: type) -> list[tuple[str, str]]:
    """Give the members of one of the method's vocabularies as Django choices."""
    return [(str(member), str(member)) for member in vocabulary]  # type: ignore[attr-defined]


class Reference(models.Model):
    """What all reference rows share.

    `file_text` is the content file it was loaded from, byte for byte, so that
    an unedited row is dumped as the same bytes; `edited` is True once staff
    changed the row, after which loading never overwrites it.
    """

    key = models.SlugField(max_length=120, unique=True)
    file_text = models.TextField(blank=True, editable=False)
    edited = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Treatment(Reference):
    """A treatment that clinics sell. Its overview is an article with the same key."""

    name = models.CharField(max_length=120)
    also = models.JSONField(default=list, blank=True, help_text="Other names patients meet.")
    role = models.CharField(max_length=10, choices=choices(Role), default=Role.EXPLAINED)
    # Pairs, not an object: PostgreSQL does not keep the order of an object's keys.
    products = models.JSONField(
        default=list, help_text="Pairs of key and name, one for each kind of product."
    )

    def __str__(self) -> str:
        return self.name

    @property
    def product_names(self) -> dict[str, str]:
        """The name of each product by the key that positions use."""
        return dict(self.products)


class Source(Reference):
    """A document that takes positions; `appraisal` is ours, in Markdown."""

    title = models.CharField(max_length=500)
    authors = models.CharField(max_length=500, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=choices(SourceKind))
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)
    doi = models.CharField(max_length=200, blank=True)
    sells_treatment = models.BooleanField(default=False)
    seen = models.CharField(max_length=10, choices=choices(Seen))
    appraisal = models.TextField()

    def __str__(self) -> str:
        return self.title


class GlossaryTerm(Reference):
    """A word explained in everyday language; `definition` is Markdown."""

    term = models.CharField(max_length=120)
    also = models.JSONField(default=list, blank=True)
    definition = models.TextField()

    def __str__(self) -> str:
        return self.term


class ReferenceVersion(Version):
    """One version of a treatment, source or glossary term.

    `subject` is the row it is a version of ("sources/KEY"); there may be no such row
    yet. `words` holds the row's columns by name.
    """

    IDENTITY = "what"

    what = models.CharField(max_length=140)
    words = models.JSONField()

    class Meta(Version.Meta):
        constraints = version_constraints("reference", "what", alone=Q(alone=False))

    def __str__(self) -> str:
        return f"{self.what} version {self.number}"

    @property
    def subject(self) -> str:
        """What this is a version of."""
        return self.what

    @property
    def siblings(self) -> VersionQuerySet:
        """All versions of the same row, this one among them."""
        found: VersionQuerySet = type(self).objects.filter(what=self.what)
        return found
