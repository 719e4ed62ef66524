"""Claims: identities with a lasting address, their versions and positions."""

from django.db import models
from django.db.models import Q

from explainer.evidence.levels import ANY_PRODUCT, Bearing, Kind, Level, Reason, Topic
from explainer.library.models.reference import Source, Treatment, choices
from explainer.library.models.versions import OPEN, State, Version, version_constraints


class Claim(models.Model):
    """The identity of a claim: its key (treatment/slug) never changes."""

    key = models.CharField(max_length=200, unique=True)
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="claims")

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    @property
    def slug(self) -> str:
        """The claim's own part of its key."""
        return self.key.partition("/")[2]


class ClaimVersion(Version):
    """One version of a claim's words, reasons and positions.

    `level` is the decided label (adjudicated, or the more cautious override),
    kept on the row because lists filter by it; empty while a draft cannot be
    judged yet. `override` with `override_reason` is an editor's choice of more
    caution. What a draft may leave open, a public version may not.
    """

    IDENTITY = "claim"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="versions")
    statement = models.TextField()
    topic = models.CharField(max_length=20, choices=choices(Topic))
    kind = models.CharField(max_length=20, choices=choices(Kind))
    bearing = models.CharField(max_length=10, choices=choices(Bearing))
    product = models.CharField(max_length=60, default=ANY_PRODUCT)
    reason = models.CharField(max_length=20, choices=choices(Reason), blank=True)
    override = models.CharField(max_length=20, choices=choices(Level), blank=True)
    override_reason = models.TextField(blank=True)
    level = models.CharField(max_length=20, choices=choices(Level), blank=True)
    why = models.TextField()
    would_change = models.TextField()
    ask = models.TextField(blank=True, help_text="What a reader can ask a clinic about it.")

    class Meta(Version.Meta):
        constraints = [
            # Raising caution: of what was public before, by an override with its reason.
            *version_constraints("claim", "claim", alone=Q(number__gt=1) & ~Q(override="")),
            models.CheckConstraint(
                condition=Q(state__in=OPEN)
                | Q(override="", override_reason="")
                | (~Q(override="") & ~Q(override_reason="")),
                name="claim_override_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN)
                | (Q(level=Level.UNSUPPORTED) & ~Q(reason=""))
                | (~Q(level=Level.UNSUPPORTED) & Q(reason="")),
                name="claim_unsupported_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(level__in=[str(level) for level in Level])
                | (Q(level="") & Q(state__in=OPEN)),
                name="claim_level_is_one_of_three",
            ),
        ]
        indexes = [
            models.Index(
                fields=[column, "claim"],
                condition=Q(state=State.PUBLISHED),
                name=f"claim_by_{column}",
            )
            for column in ("topic", "level", "bearing")
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} version {self.number}"

    @property
    def subject(self) -> str:
        """What this is a version of."""
        return f"claims/{self.claim.key}"


class Position(models.Model):
    """What one source says about one version of a claim."""

    version = models.ForeignKey(ClaimVersion, on_delete=models.CASCADE, related_name="positions")
    order = models.PositiveSmallIntegerField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="positions")
    level = models.CharField(max_length=20, choices=choices(Level))
    product = models.CharField(max_length=60, default=ANY_PRODUCT)
    says = models.TextField()

    class Meta:
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="position_order_once"),
            models.UniqueConstraint(
                fields=["version", "source", "product"], name="position_once_a_product"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.level}"
