from django.db import migrations, models

from gongkai.records.migrating import AddIndexes, KeepWords


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0001_registers"),
        ("organs", "0004_lists_of_any_length"),
    ]
    operations = [
        AddIndexes(
            "Item",
            [
                models.Index(fields=["organ", "statutory_limit", "number"], name="approvals_i_organ_i_7a409b_idx"),
                models.Index(fields=["organ", "promised_limit", "number"], name="approvals_i_organ_i_715624_idx"),
                models.Index(fields=["organ", "from_on", "number"], name="approvals_i_organ_i_9baf79_idx"),
                models.Index(fields=["organ", "ended_on", "number"], name="approvals_i_organ_i_7e6fb6_idx"),
                models.Index(fields=["organ", "filed_on", "number"], name="approvals_i_organ_i_f6eced_idx"),
                models.Index(fields=["organ", "power", "number"], name="approvals_i_organ_i_90ed6f_idx"),
                models.Index(fields=["organ", "statutory_unit", "number"], name="approvals_i_organ_i_fa2576_idx"),
                models.Index(fields=["organ", "promised_unit", "number"], name="approvals_i_organ_i_e4e1fd_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="approvals_i_organ_i_278eb5_idx"),
            ],
        ),
        KeepWords("Item", ["number", "name", "legal_basis", "filed_with", "note"]),
        AddIndexes(
            "ItemStatus",
            [
                models.Index(fields=["organ", "from_on", "number"], name="approvals_i_organ_i_48b333_idx"),
                models.Index(fields=["organ", "status", "number"], name="approvals_i_organ_i_3ecdc7_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="approvals_i_organ_i_84a63f_idx"),
            ],
        ),
        KeepWords("ItemStatus", ["number", "reason", "note"]),
        AddIndexes(
            "Decision",
            [
                models.Index(fields=["organ", "decided_on", "number"], name="approvals_d_organ_i_71ac59_idx"),
                models.Index(fields=["organ", "quantity", "number"], name="approvals_d_organ_i_b7d57e_idx"),
                models.Index(fields=["organ", "power", "number"], name="approvals_d_organ_i_d33db8_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="approvals_d_organ_i_fe9b9b_idx"),
            ],
        ),
        KeepWords("Decision", ["number", "kind", "note"]),
        AddIndexes(
            "Charge",
            [
                models.Index(fields=["organ", "charged_on", "number"], name="approvals_c_organ_i_420c44_idx"),
                models.Index(fields=["organ", "amount", "number"], name="approvals_c_organ_i_4c96f0_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="approvals_c_organ_i_ed7ad0_idx"),
            ],
        ),
        KeepWords("Charge", ["number", "name", "note"]),
        AddIndexes(
            "Purchase",
            [
                models.Index(fields=["organ", "signed_on", "number"], name="approvals_p_organ_i_ce5c8a_idx"),
                models.Index(fields=["organ", "amount", "number"], name="approvals_p_organ_i_9921ca_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="approvals_p_organ_i_eec236_idx"),
            ],
        ),
        KeepWords("Purchase", ["number", "title", "note"]),
    ]
