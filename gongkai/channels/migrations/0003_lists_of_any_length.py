from django.db import migrations, models

from gongkai.records.migrating import AddIndexes, KeepWords


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0002_holders"),
        ("organs", "0004_lists_of_any_length"),
    ]
    operations = [
        migrations.RemoveIndex(model_name="posting", name="channels_posting_day"),
        AddIndexes(
            "Channel",
            [
                models.Index(fields=["organ", "opened_on", "number"], name="channels_ch_organ_i_04bc03_idx"),
                models.Index(fields=["organ", "closed_on", "number"], name="channels_ch_organ_i_e2f8f3_idx"),
                models.Index(fields=["organ", "kind", "number"], name="channels_ch_organ_i_e35031_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="channels_ch_organ_i_f9d13b_idx"),
            ],
        ),
        KeepWords("Channel", ["number", "name", "address", "note"]),
        AddIndexes(
            "Posting",
            [
                models.Index(fields=["organ", "posted_on", "number"], name="channels_po_organ_i_b08492_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="channels_po_organ_i_90610f_idx"),
            ],
        ),
        KeepWords("Posting", ["number", "title", "note"]),
        AddIndexes(
            "Issue",
            [
                models.Index(fields=["organ", "issued_on", "number"], name="channels_is_organ_i_da659c_idx"),
                models.Index(fields=["organ", "copies", "number"], name="channels_is_organ_i_9de30f_idx"),
                models.Index(fields=["organ", "items", "number"], name="channels_is_organ_i_d64c97_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="channels_is_organ_i_c2a175_idx"),
            ],
        ),
        KeepWords("Issue", ["number", "issue_no", "note"]),
        AddIndexes(
            "PressConference",
            [
                models.Index(fields=["organ", "held_on", "number"], name="channels_pr_organ_i_94e5ac_idx"),
                models.Index(fields=["organ", "items_released", "number"], name="channels_pr_organ_i_6fa0cd_idx"),
                models.Index(fields=["organ", "attended_or_held", "number"], name="channels_pr_organ_i_0c6e2d_idx"),
                models.Index(fields=["organ", "principal", "number"], name="channels_pr_organ_i_057279_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="channels_pr_organ_i_2a619c_idx"),
            ],
        ),
        KeepWords("PressConference", ["number", "topic", "note"]),
        AddIndexes(
            "OnlineInterview",
            [
                models.Index(fields=["organ", "held_on", "number"], name="channels_on_organ_i_aef7d3_idx"),
                models.Index(fields=["organ", "principal", "number"], name="channels_on_organ_i_c17a4c_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="channels_on_organ_i_b5a2af_idx"),
            ],
        ),
        KeepWords("OnlineInterview", ["number", "topic", "address", "note"]),
        AddIndexes(
            "PublicResponse",
            [
                models.Index(fields=["organ", "responded_on", "number"], name="channels_pu_organ_i_316d8f_idx"),
                models.Index(fields=["organ", "way", "number"], name="channels_pu_organ_i_2502bf_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="channels_pu_organ_i_4cc681_idx"),
            ],
        ),
        KeepWords("PublicResponse", ["number", "topic", "note"]),
        AddIndexes(
            "ReadingPlace",
            [
                models.Index(fields=["organ", "opened_on", "number"], name="channels_re_organ_i_807804_idx"),
                models.Index(fields=["organ", "closed_on", "number"], name="channels_re_organ_i_656be5_idx"),
                models.Index(fields=["organ", "kind", "number"], name="channels_re_organ_i_6c683f_idx"),
                models.Index(fields=["organ", "electronic", "number"], name="channels_re_organ_i_a9f49f_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="channels_re_organ_i_31b97b_idx"),
            ],
        ),
        KeepWords("ReadingPlace", ["number", "name", "note"]),
        AddIndexes(
            "HoldingDelivery",
            [
                models.Index(fields=["organ", "delivered_on", "number"], name="channels_ho_organ_i_7c3a6c_idx"),
                models.Index(fields=["organ", "quantity", "number"], name="channels_ho_organ_i_9c0cee_idx"),
                models.Index(fields=["organ", "medium", "number"], name="channels_ho_organ_i_03666f_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="channels_ho_organ_i_3c9712_idx"),
            ],
        ),
        KeepWords("HoldingDelivery", ["number", "note"]),
        AddIndexes(
            "ReadingPlaceVisit",
            [
                models.Index(fields=["organ", "visited_on", "number"], name="channels_re_organ_i_dd0832_idx"),
                models.Index(fields=["organ", "visitors", "number"], name="channels_re_organ_i_b2cbbd_idx"),
                models.Index(fields=["organ", "loans", "number"], name="channels_re_organ_i_f33b9e_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="channels_re_organ_i_ba3b7e_idx"),
            ],
        ),
        KeepWords("ReadingPlaceVisit", ["number", "note"]),
        AddIndexes(
            "SiteVisits",
            [
                models.Index(fields=["organ", "month_on", "number"], name="channels_si_organ_i_b7b0dd_idx"),
                models.Index(fields=["organ", "hits", "number"], name="channels_si_organ_i_9ed994_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="channels_si_organ_i_eced7e_idx"),
            ],
        ),
        KeepWords("SiteVisits", ["number", "note"]),
    ]
