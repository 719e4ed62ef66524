"""Articles: identities with an address, their versions, and which claims appear in them.

A treatment's overview and a page of the site (method, about) are articles too.
"""

from django.db import models
from django.db.models import Q

from explainer.evidence.levels import Topic
from explainer.library.models.claims import Claim
from explainer.library.models.reference import Treatment, choices
from explainer.library.models.versions import Version, version_constraints


class Article(models.Model):
    """The identity of an article.

    `key` is its address without the outer slashes: `mesotherapy/safety` for a
    topic, `mesotherapy` for the overview, `method` for a page of the site.
    """

    key = models.CharField(max_length=200, unique=True)
    treatment = models.ForeignKey(
        Treatment, null=True, on_delete=models.PROTECT, related_name="articles"
    )
    topic = models.CharField(max_length=20, choices=choices(Topic), blank=True)
    claims: "models.ManyToManyField[Claim, Appearance]" = models.ManyToManyField(
        Claim, through="Appearance", related_name="articles"
    )

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic="") | Q(treatment__isnull=False),
                name="article_topic_needs_treatment",
            ),
            models.UniqueConstraint(
                fields=["treatment", "topic"],
                condition=Q(treatment__isnull=False),
                name="article_once_a_topic",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """Give the article's address on this site."""
        return "/" if self.key == "home" else f"/{self.key}/"


class ArticleVersion(Version):
    """One version of an article's words."""

    IDENTITY = "article"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    title = models.CharField(max_length=200)
    summary = models.TextField(help_text="The short answer, in the dialect.")
    body = models.TextField(blank=True)

    class Meta(Version.Meta):
        constraints = version_constraints("article", "article", alone=Q(alone=False))

    @property
    def subject(self) -> str:
        """What this is a version of."""
        return f"articles/{self.article.key}"

    def __str__(self) -> str:
        return f"{self.article_id} version {self.number}: {self.title}"


class Appearance(models.Model):
    """A published article shows a claim. Rebuilt by publishing, never typed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="appearances")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appearances")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["article", "order"]
        constraints = [
            models.UniqueConstraint(fields=["article", "claim"], name="appearance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} in {self.article_id}"
