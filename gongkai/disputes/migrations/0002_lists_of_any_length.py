from django.db import migrations, models

from gongkai.records.migrating import AddIndexes, KeepWords


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_lists_of_any_length"),
        ("disputes", "0001_registers"),
        ("organs", "0004_lists_of_any_length"),
    ]
    operations = [
        migrations.RemoveIndex(model_name="complaint", name="disputes_complaint_received"),
        AddIndexes(
            "Dispute",
            [
                models.Index(fields=["organ", "filed_on", "number"], name="disputes_di_organ_i_147b7f_idx"),
                models.Index(fields=["organ", "accepted_on", "number"], name="disputes_di_organ_i_170a14_idx"),
                models.Index(fields=["organ", "concluded_on", "number"], name="disputes_di_organ_i_06c120_idx"),
                models.Index(fields=["organ", "kind", "number"], name="disputes_di_organ_i_f90ced_idx"),
                models.Index(fields=["organ", "result", "number"], name="disputes_di_organ_i_0dd16a_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="disputes_di_organ_i_773d2f_idx"),
            ],
        ),
        KeepWords("Dispute", ["number", "body", "note"]),
        AddIndexes(
            "Complaint",
            [
                models.Index(fields=["organ", "received_on", "number"], name="disputes_co_organ_i_4afe62_idx"),
                models.Index(fields=["organ", "concluded_on", "number"], name="disputes_co_organ_i_b2056e_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="disputes_co_organ_i_291ff3_idx"),
            ],
        ),
        KeepWords("Complaint", ["number", "subject", "note"]),
    ]
