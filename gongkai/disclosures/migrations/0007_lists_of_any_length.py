from django.db import migrations, models

from gongkai.records.migrating import AddIndexes, KeepWords


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0003_lists_of_any_length"),
        ("disclosures", "0006_postings_of_the_procedure"),
        ("organs", "0004_lists_of_any_length"),
    ]
    operations = [
        AddIndexes(
            "Disclosure",
            [
                models.Index(fields=["organ", "made_on", "number"], name="disclosures_organ_i_c4160b_idx"),
                models.Index(fields=["organ", "published_on", "number"], name="disclosures_organ_i_08ef2c_idx"),
                models.Index(fields=["organ", "effective_on", "number"], name="disclosures_organ_i_93f417_idx"),
                models.Index(fields=["organ", "repealed_on", "number"], name="disclosures_organ_i_a5455a_idx"),
                models.Index(fields=["organ", "delivered_on", "number"], name="disclosures_organ_i_80504d_idx"),
                models.Index(fields=["organ", "attribute", "number"], name="disclosures_organ_i_30db23_idx"),
                models.Index(fields=["organ", "ground", "number"], name="disclosures_organ_i_818917_idx"),
                models.Index(fields=["organ", "information_class", "number"], name="disclosures_organ_i_30cb80_idx"),
                models.Index(fields=["organ", "public_interest", "number"], name="disclosures_organ_i_6e4a05_idx"),
                models.Index(fields=["organ", "instrument", "number"], name="disclosures_organ_i_792c77_idx"),
                models.Index(fields=["organ", "theme", "number"], name="disclosures_organ_i_2fa3bb_idx"),
                models.Index(fields=["organ", "genre", "number"], name="disclosures_organ_i_31a6e6_idx"),
                models.Index(fields=["organ", "disclosure_item", "number"], name="disclosures_organ_i_dc23f0_idx"),
                models.Index(fields=["organ", "is_document", "number"], name="disclosures_organ_i_70741f_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="disclosures_organ_i_a95a25_idx"),
            ],
        ),
        KeepWords("Disclosure", ["number", "title", "summary", "index_number", "document_number", "note"]),
        AddIndexes(
            "Placement",
            [
                models.Index(fields=["organ", "provenance", "number"], name="disclosures_organ_i_6de0b3_idx"),
            ],
        ),
        KeepWords("Placement", ["number", "note"]),
    ]
