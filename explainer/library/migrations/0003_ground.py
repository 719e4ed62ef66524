"""What a label rests on, beside its level; the triggers hold it too.

Labels of revisions that were stored before have none until they are loaded or saved again.
"""

from typing import Any

from django.db import migrations, models

from explainer.library import triggers


def take_down(apps: Any, schema_editor: Any) -> None:
    triggers.take_down(schema_editor)


def put_up(apps: Any, schema_editor: Any) -> None:
    triggers.put_up(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("library", "0002_triggers_and_roles")]
    operations = [
        migrations.RunPython(take_down, put_up),
        migrations.AddField("revision", "ground", models.CharField(blank=True, max_length=20)),
        migrations.RunPython(put_up, take_down),
    ]
