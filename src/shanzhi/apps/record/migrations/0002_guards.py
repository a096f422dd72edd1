"""The database itself refuses to change or delete what was recorded."""

from django.db import migrations

from shanzhi.apps.record import guards
from shanzhi.apps.record.guards import Guard

TABLES = {
    'Event': Guard(),
    'Document': Guard(),
    'Checkpoint': Guard(),
    'Tree': Guard(
        may_change=('size', 'root'), when='NEW.size > OLD.size OR (NEW.size = OLD.size AND NEW.root = OLD.root)'
    ),
    'Tile': Guard(
        may_change=('hashes',), when='substr(NEW.hashes, 1, length(OLD.hashes)) = OLD.hashes', upserts=True
    ),
}


def tables(apps):
    return {apps.get_model('record', name): guard for name, guard in TABLES.items()}


def shut(apps, schema_editor):
    guards.install(schema_editor.connection, tables(apps))


def open_again(apps, schema_editor):
    guards.remove(schema_editor.connection, tables(apps))


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(shut, open_again, elidable=False),
    ]
