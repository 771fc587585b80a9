"""Postings that were made when an item of the procedure was published are marked as such."""

from django.db import migrations


def mark(apps, schema_editor):
    postings = apps.get_model("channels", "Posting").objects.using(schema_editor.connection.alias)
    postings.filter(placement__disclosure__origin="chain").update(by_procedure=True)


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0005_left_out"), ("channels", "0002_holders")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
