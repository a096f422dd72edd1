"""What was counted, announced, decided and posted: the ORM and the database itself refuse to change or delete it."""

from django.db import migrations

from shanzhi.apps.record import guards
from shanzhi.apps.record.guards import Guard

TABLES = {
    'Attestation': Guard(),
    'Correction': Guard(),
    'Decision': Guard(),
    'Notice': Guard(),
    'SheetLine': Guard(),
    'Sheet': Guard(may_change=('reason', 'replaced'), when='NOT OLD.replaced'),
    'Outcome': Guard(
        may_change=('case', 'answer', 'reckoned_by', 'reckoned_at', 'announced_on'), when='OLD.announced_on IS NULL'
    ),
}


def tables(apps):
    return {apps.get_model('elections', name): guard for name, guard in TABLES.items()}


def shut(apps, schema_editor):
    guards.install(schema_editor.connection, tables(apps))


def open_again(apps, schema_editor):
    guards.remove(schema_editor.connection, tables(apps))


class Migration(migrations.Migration):

    dependencies = [
        ('elections', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='attestation',
            options={'base_manager_name': 'objects', 'ordering': ['decided_on', 'id']},
        ),
        migrations.AlterModelOptions(
            name='correction',
            options={'base_manager_name': 'objects', 'ordering': ['made_on', 'id']},
        ),
        migrations.AlterModelOptions(
            name='decision',
            options={'base_manager_name': 'objects', 'ordering': ['decided_at', 'id']},
        ),
        migrations.AlterModelOptions(
            name='notice',
            options={'base_manager_name': 'objects', 'ordering': ['id']},
        ),
        migrations.AlterModelOptions(
            name='sheetline',
            options={'base_manager_name': 'objects'},
        ),
        migrations.RunPython(shut, open_again, elidable=False),
    ]
