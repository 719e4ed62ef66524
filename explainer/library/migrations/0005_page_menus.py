"""An index by which the few pages in menus are found among many in none."""

from django.db import migrations, models

from explainer.library.models.revision import MenuOf


class Migration(migrations.Migration):
    """Adds one index; on SQLite too it rebuilds no table, so the triggers stay."""

    dependencies = [("library", "0004_changed_on")]
    operations = [
        migrations.AddIndex("revision", models.Index(MenuOf("fields"), name="revision_by_menu"))
    ]
