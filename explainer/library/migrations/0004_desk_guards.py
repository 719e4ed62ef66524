"""Roles, the first versions of reference rows, and triggers around all that must not change."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from explainer.library.triggers import put_up, take_down

RIGHTS = {
    "author": ("write", "May write: start, save, submit and discard drafts"),
    "reviewer": ("review", "May approve what somebody else wrote, or send it back"),
    "publisher": ("publish", "May publish what is approved, schedule, withdraw, raise caution"),
    "administrator": ("administer", "May manage staff accounts and read the audit log"),
}
WORDS = {
    "Treatment": ("treatments", ("name", "also", "role", "products")),
    "Source": (
        "sources",
        (
            "title", "authors", "publisher", "kind", "year", "url", "doi",
            "sells_treatment", "seen", "appraisal",
        ),
    ),
    "GlossaryTerm": ("glossary", ("term", "also", "definition")),
}  # fmt: skip


def _roles(apps: Apps) -> None:
    # Django makes permissions after all migrations; the groups need theirs now.
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind, _ = kinds.get_or_create(app_label="library", model="edition")
    for role, (codename, name) in RIGHTS.items():
        right, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        group.permissions.add(right)


def _first_versions(apps: Apps) -> None:
    made = timezone.now()
    versions: list[Any] = []
    model = apps.get_model("library", "ReferenceVersion")
    for name, (part, columns) in WORDS.items():
        for row in apps.get_model("library", name).objects.all():
            versions.append(
                model(
                    what=f"{part}/{row.key}",
                    words={column: getattr(row, column) for column in columns},
                    file_text="" if row.edited else row.file_text,
                    number=1,
                    state="published",
                    created_at=made,
                    published_at=made,
                )
            )
    model.objects.bulk_create(versions)


def begin(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make roles, first versions and the head of the audit log; then put the triggers up."""
    _roles(apps)
    _first_versions(apps)
    apps.get_model("library", "AuditHead").objects.get_or_create(pk=1)
    put_up(apps, schema_editor)


class Migration(migrations.Migration):
    """What the editing room relies on."""

    dependencies = [
        ("library", "0003_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(begin, take_down)]
