from django.db import migrations, models

from gongkai.records.migrating import AddIndexes, KeepWords


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0003_lists_of_any_length"),
        ("duties", "0001_duties"),
        ("organs", "0004_lists_of_any_length"),
    ]
    operations = [
        AddIndexes(
            "Duty",
            [
                models.Index(fields=["organ", "starts_on", "number"], name="duties_duty_organ_i_9d8925_idx"),
                models.Index(fields=["organ", "limit_days", "number"], name="duties_duty_organ_i_882c7f_idx"),
                models.Index(fields=["organ", "ends_on", "number"], name="duties_duty_organ_i_b60f7b_idx"),
                models.Index(fields=["organ", "disclosure_item", "number"], name="duties_duty_organ_i_3534e1_idx"),
                models.Index(fields=["organ", "manner", "number"], name="duties_duty_organ_i_aa6074_idx"),
                models.Index(fields=["organ", "cycle", "number"], name="duties_duty_organ_i_6bb70f_idx"),
                models.Index(fields=["organ", "limit_unit", "number"], name="duties_duty_organ_i_0c9913_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="duties_duty_organ_i_920ec6_idx"),
            ],
        ),
        KeepWords("Duty", ["number", "title", "content", "basis", "department", "column", "audience", "note"]),
    ]
