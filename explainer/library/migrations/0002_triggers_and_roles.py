"""The rows there is one of, the roles of staff, and triggers around all that must not change."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from explainer.library import triggers

RIGHTS = {
    "author": ("write", "May write: start, save, submit and discard drafts"),
    "reviewer": ("review", "May approve what somebody else wrote, or send it back"),
    "publisher": ("publish", "May publish what is approved, schedule, withdraw, raise caution"),
    "administrator": ("administer", "May manage staff accounts and read the audit log"),
}


def begin(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Django makes permissions after all migrations; the groups need theirs now.
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind, _ = kinds.get_or_create(app_label="library", model="siteversion")
    for role, (codename, name) in RIGHTS.items():
        right, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        group.permissions.add(right)
    apps.get_model("library", "AuditHead").objects.get_or_create(pk=1)
    apps.get_model("library", "SiteVersion").objects.get_or_create(pk=1)
    triggers.put_up(schema_editor)


def end(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.take_down(schema_editor)


class Migration(migrations.Migration):
    """What every verb of the library relies on."""

    dependencies = [
        ("library", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(begin, end)]
