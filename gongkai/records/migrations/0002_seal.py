"""Put the seal on the entry book."""

from django.db import migrations

from gongkai.records import seal


def put_on(apps, schema_editor):
    seal.set_seal(schema_editor.connection, seal.ENTRY_TABLES)


def take_off(apps, schema_editor):
    seal.break_seal(schema_editor.connection, seal.ENTRY_TABLES)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_entry_book")]
    operations = [migrations.RunPython(put_on, take_off)]
