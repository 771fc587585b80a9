from django.db import migrations, models

from gongkai.records.migrating import AddIndexes


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_life_of_a_report")]
    operations = [
        AddIndexes(
            "Report",
            [models.Index(fields=["state", "period_code", "year"], name="reports_report_published")],
        ),
    ]
