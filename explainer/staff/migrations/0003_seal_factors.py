"""Second factors stored before their secrets were sealed are sealed now."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from explainer.accounts.encryption import SEALED, SealedAdapter


def seal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Seal every secret that is not; what is sealed stays as it is."""
    for factor in apps.get_model("mfa", "Authenticator").objects.all():
        factor.data = {name: _sealed(value) for name, value in factor.data.items()}
        factor.save(update_fields=["data"])


def _sealed(value: object) -> object:
    if isinstance(value, list):
        return [_sealed(item) for item in value]
    is_open = isinstance(value, str) and not value.startswith(SEALED)
    return SealedAdapter().encrypt(value) if is_open else value


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0002_presence"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
