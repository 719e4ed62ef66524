"""Indexes by which publishing finds who says the same, a twin and the clinics among many others."""

from django.db import migrations, models

from explainer.library.models.revision import FieldOf


def _index(name: str) -> migrations.AddIndex:
    index = models.Index(FieldOf("fields", key=name), name=f"revision_by_{name}")
    return migrations.AddIndex("revision", index)


class Migration(migrations.Migration):
    """Adds indexes alone; on SQLite too it rebuilds no table, so the triggers stay."""

    dependencies = [("library", "0005_page_menus")]
    operations = [_index(name) for name in ("name", "statement", "doi", "kind", "twin")]
