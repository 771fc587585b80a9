from django.db import migrations, models

from gongkai.records.migrating import AddIndexes, KeepWords


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_lists_of_any_length"),
        ("fees", "0001_registers"),
        ("organs", "0004_lists_of_any_length"),
    ]
    operations = [
        AddIndexes(
            "Payment",
            [
                models.Index(fields=["organ", "paid_on", "number"], name="fees_paymen_organ_i_8b18d6_idx"),
                models.Index(fields=["organ", "amount", "number"], name="fees_paymen_organ_i_3528dd_idx"),
                models.Index(fields=["organ", "waived_amount", "number"], name="fees_paymen_organ_i_7e6fed_idx"),
                models.Index(fields=["organ", "kind", "number"], name="fees_paymen_organ_i_a60723_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="fees_paymen_organ_i_826c6b_idx"),
            ],
        ),
        KeepWords("Payment", ["number", "waiver_reason", "note"]),
    ]
