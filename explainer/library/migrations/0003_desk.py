"""Versions of reference rows, saves, approvals, and the audit log.

SQLite remakes the tables of versions for it and drops their triggers on the way, so
all of them are taken away first and made again by the next migration.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import explainer.evidence.levels
from explainer.library.triggers import put_up_first, take_down_first


class Migration(migrations.Migration):
    """What the editing room keeps."""

    dependencies = [
        ("library", "0002_fixed_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_down_first, put_up_first),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(blank=True, max_length=150)),
                ("action", models.CharField(max_length=40)),
                ("subject", models.CharField(blank=True, max_length=230)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("comment", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name_plural": "audit entries",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="ReferenceVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in-review", "In review"),
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("file_text", models.TextField(blank=True, editable=False)),
                ("created_at", models.DateTimeField()),
                ("save_count", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("correction", models.BooleanField(default=False)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("reviewed_by", models.CharField(blank=True, max_length=200)),
                ("reviewer_qualification", models.CharField(blank=True, max_length=200)),
                ("reviewed_at", models.DateField(null=True)),
                ("review_due", models.DateField(null=True)),
                ("publish_at", models.DateTimeField(null=True)),
                ("alone", models.BooleanField(default=False)),
                ("published_at", models.DateTimeField(null=True)),
                ("published_because", models.CharField(blank=True, max_length=500)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=500)),
                ("what", models.CharField(max_length=140)),
                ("words", models.JSONField()),
            ],
            options={
                "ordering": ["-number"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Save",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=230)),
                ("number", models.PositiveIntegerField()),
                ("count", models.PositiveIntegerField()),
                ("words", models.JSONField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["subject", "number", "count"],
            },
        ),
        migrations.AlterModelOptions(
            name="edition",
            options={
                "default_permissions": (),
                "permissions": [
                    ("write", "May write: start, save, submit and discard drafts"),
                    ("review", "May approve what somebody else wrote, or send it back"),
                    ("publish", "May publish what is approved, schedule, withdraw, raise caution"),
                    ("administer", "May manage staff accounts and read the audit log"),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="claimversion",
            name="claim_override_has_reason",
        ),
        migrations.RemoveConstraint(
            model_name="claimversion",
            name="claim_unsupported_has_reason",
        ),
        migrations.AddField(
            model_name="articleversion",
            name="alone",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="approved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="correction",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="note",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="publish_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="save_count",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="saved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="saved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="scheduled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="submitted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="alone",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="approved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="correction",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="note",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="publish_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="review_due",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="reviewed_at",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="reviewed_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="reviewer_qualification",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="save_count",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="saved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="saved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="scheduled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="submitted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="claimversion",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="articleversion",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="articleversion",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="articleversion",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="claimversion",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="claimversion",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="claimversion",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("plausible", "plausible"),
                    ("under-investigation", "under-investigation"),
                    ("unsupported", "unsupported"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="claimversion",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="article_approval_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("author__isnull", True),
                    models.Q(("approved_by", models.F("author")), _negated=True),
                    _connector="OR",
                ),
                name="article_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "in-review")),
                    ("approved_at__isnull", False),
                    ("published_by__isnull", True),
                    ("alone", True),
                    _connector="OR",
                ),
                name="article_public_means_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publish_at__isnull", True), ("approved_at__isnull", False), _connector="OR"
                ),
                name="article_scheduled_means_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="claim_approval_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("author__isnull", True),
                    models.Q(("approved_by", models.F("author")), _negated=True),
                    _connector="OR",
                ),
                name="claim_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "in-review")),
                    ("approved_at__isnull", False),
                    ("published_by__isnull", True),
                    ("alone", True),
                    _connector="OR",
                ),
                name="claim_public_means_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publish_at__isnull", True), ("approved_at__isnull", False), _connector="OR"
                ),
                name="claim_scheduled_means_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at__isnull", True), ("reviewed_by", "")),
                    models.Q(
                        models.Q(("reviewed_by", ""), _negated=True),
                        models.Q(("reviewer_qualification", ""), _negated=True),
                        ("reviewed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="claim_review_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "in-review")),
                    models.Q(("override", ""), ("override_reason", "")),
                    models.Q(
                        models.Q(("override", ""), _negated=True),
                        models.Q(("override_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_override_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "in-review")),
                    models.Q(
                        ("level", explainer.evidence.levels.Level["UNSUPPORTED"]),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(
                            ("level", explainer.evidence.levels.Level["UNSUPPORTED"]), _negated=True
                        ),
                        ("reason", ""),
                    ),
                    _connector="OR",
                ),
                name="claim_unsupported_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__in", ["plausible", "under-investigation", "unsupported"]),
                    models.Q(("level", ""), ("state__in", ("draft", "in-review"))),
                    _connector="OR",
                ),
                name="claim_level_is_one_of_three",
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="audithead",
            constraint=models.CheckConstraint(
                condition=models.Q(("pk", 1)), name="audit_head_is_one_row"
            ),
        ),
        migrations.AddField(
            model_name="referenceversion",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referenceversion",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referenceversion",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referenceversion",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referenceversion",
            name="saved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referenceversion",
            name="scheduled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referenceversion",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="save",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["subject", "-number"], name="audit_by_subject"),
        ),
        migrations.AddConstraint(
            model_name="referenceversion",
            constraint=models.UniqueConstraint(
                fields=("what", "number"), name="reference_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="referenceversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published")),
                fields=("what",),
                name="reference_one_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="referenceversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "in-review"))),
                fields=("what",),
                name="reference_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="referenceversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_at__isnull", False),
                        ("state__in", ("published", "superseded", "withdrawn")),
                    ),
                    models.Q(("published_at__isnull", True), ("state__in", ("draft", "in-review"))),
                    _connector="OR",
                ),
                name="reference_public_means_published_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="referenceversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="reference_approval_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="referenceversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("author__isnull", True),
                    models.Q(("approved_by", models.F("author")), _negated=True),
                    _connector="OR",
                ),
                name="reference_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="referenceversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "in-review")),
                    ("approved_at__isnull", False),
                    ("published_by__isnull", True),
                    ("alone", True),
                    _connector="OR",
                ),
                name="reference_public_means_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="referenceversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publish_at__isnull", True), ("approved_at__isnull", False), _connector="OR"
                ),
                name="reference_scheduled_means_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="referenceversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at__isnull", True), ("reviewed_by", "")),
                    models.Q(
                        models.Q(("reviewed_by", ""), _negated=True),
                        models.Q(("reviewer_qualification", ""), _negated=True),
                        ("reviewed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="reference_review_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="referenceversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False), ("state__in", ("superseded", "withdrawn"))
                    ),
                    models.Q(
                        ("ended_at__isnull", True),
                        ("state__in", ("draft", "in-review", "published")),
                    ),
                    _connector="OR",
                ),
                name="reference_ended_means_ended_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="save",
            constraint=models.UniqueConstraint(
                fields=("subject", "number", "count"), name="save_once"
            ),
        ),
    ]
