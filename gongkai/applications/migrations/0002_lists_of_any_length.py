from django.db import migrations, models

from gongkai.records.migrating import AddIndexes, KeepWords


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0001_registers"),
        ("organs", "0004_lists_of_any_length"),
    ]
    operations = [
        AddIndexes(
            "Application",
            [
                models.Index(fields=["organ", "received_on", "number"], name="application_organ_i_6582f3_idx"),
                models.Index(fields=["organ", "correction_on", "number"], name="application_organ_i_69ef14_idx"),
                models.Index(fields=["organ", "corrected_on", "number"], name="application_organ_i_dfecb3_idx"),
                models.Index(fields=["organ", "consulted_on", "number"], name="application_organ_i_db5ca4_idx"),
                models.Index(
                    fields=["organ", "consultation_ended_on", "number"], name="application_organ_i_6cf839_idx"
                ),
                models.Index(fields=["organ", "extended_to", "number"], name="application_organ_i_2a4900_idx"),
                models.Index(fields=["organ", "concluded_on", "number"], name="application_organ_i_f6bc12_idx"),
                models.Index(fields=["organ", "channel", "number"], name="application_organ_i_bbb071_idx"),
                models.Index(fields=["organ", "applicant_type", "number"], name="application_organ_i_2ae366_idx"),
                models.Index(fields=["organ", "outcome", "number"], name="application_organ_i_f23ef7_idx"),
                models.Index(fields=["organ", "ground", "number"], name="application_organ_i_8f28c7_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="application_organ_i_628740_idx"),
            ],
        ),
        KeepWords("Application", ["number", "subject", "note"]),
    ]
