"""The day that readers are told as that of the words; the triggers hold it too.

Revisions that were public before have none: for them it is the day of publishing.
"""

from typing import Any

from django.db import migrations, models

from explainer.library import triggers


def take_down(apps: Any, schema_editor: Any) -> None:
    triggers.take_down(schema_editor)


def put_up(apps: Any, schema_editor: Any) -> None:
    triggers.put_up(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("library", "0003_ground")]
    operations = [
        migrations.RunPython(take_down, put_up),
        migrations.AddField("revision", "changed_on", models.DateField(null=True)),
        migrations.RunPython(put_up, take_down),
    ]
