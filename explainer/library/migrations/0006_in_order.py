"""Dates in order, an end with its reason, and what staff published reviewed by another.

SQLite remakes the tables of versions for it and drops their triggers on the way, so
all of them are taken down first and put up again at the end.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Q

from explainer.library.triggers import put_up, take_down

OPEN = ("draft", "in-review")
NEVER = Q(alone=False)
TABLES = {
    "articleversion": ("article", NEVER),
    "claimversion": ("claim", Q(number__gt=1) & ~Q(override="")),
    "referenceversion": ("reference", NEVER),
}


def _conditions(alone: Q) -> dict[str, Q]:
    return {
        "public_means_reviewed": Q(state__in=OPEN)
        | Q(published_by__isnull=True)
        | Q(alone=True)
        | (~Q(reviewed_by="") & Q(review_due__isnull=False)),
        "alone_is_caution": Q(alone=False) | alone,
        "due_after_review": Q(review_due__isnull=True)
        | Q(reviewed_at__isnull=True)
        | Q(review_due__gt=F("reviewed_at")),
        "ends_after_it_began": Q(ended_at__isnull=True) | Q(ended_at__gte=F("published_at")),
        "withdrawn_has_reason": ~Q(state="withdrawn") | ~Q(ended_because=""),
    }


def mend_ends(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let what ended before it began end as it began.

    Nothing else that the constraints refuse could be made by the library's verbs; this
    could, if the server's clock was set back in between.
    """
    for table in TABLES:
        versions = apps.get_model("library", table).objects
        versions.filter(ended_at__lt=F("published_at")).update(ended_at=F("published_at"))


class Migration(migrations.Migration):
    """What the audit of constraints found missing (requirement D12)."""

    dependencies = [("library", "0005_images")]
    operations = [
        migrations.RunPython(take_down, put_up),
        migrations.RunPython(mend_ends, migrations.RunPython.noop),
        *(
            migrations.AddConstraint(
                model_name=table,
                constraint=models.CheckConstraint(condition=condition, name=f"{name}_{what}"),
            )
            for table, (name, alone) in TABLES.items()
            for what, condition in _conditions(alone).items()
        ),
        migrations.RunPython(put_up, take_down),
    ]
