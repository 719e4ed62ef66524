"""A draft remembers the save whose words it was begun with: whoever wrote those wrote in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0006_in_order")]
    operations = [
        migrations.AddField("save", name, models.PositiveIntegerField(null=True))
        for name in ("from_number", "from_count")
    ]
