from django.db import migrations, models

from gongkai.records.migrating import AddIndexes, KeepWords


class Migration(migrations.Migration):
    dependencies = [
        ("organs", "0003_chain_since"),
    ]
    operations = [
        AddIndexes(
            "DisclosurePost",
            [
                models.Index(fields=["organ", "from_on", "number"], name="organs_disc_organ_i_d57a7a_idx"),
                models.Index(fields=["organ", "until_on", "number"], name="organs_disc_organ_i_df1e14_idx"),
                models.Index(fields=["organ", "engagement", "number"], name="organs_disc_organ_i_de376c_idx"),
                models.Index(fields=["organ", "assignment", "number"], name="organs_disc_organ_i_d61f36_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="organs_disc_organ_i_456cd9_idx"),
            ],
        ),
        KeepWords("DisclosurePost", ["number", "person_name", "post", "note"]),
        AddIndexes(
            "LeadingGroup",
            [
                models.Index(fields=["organ", "from_on", "number"], name="organs_lead_organ_i_d10c29_idx"),
                models.Index(fields=["organ", "until_on", "number"], name="organs_lead_organ_i_68abbb_idx"),
                models.Index(fields=["organ", "kind", "number"], name="organs_lead_organ_i_5d2289_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="organs_lead_organ_i_de2906_idx"),
            ],
        ),
        KeepWords("LeadingGroup", ["number", "name", "basis", "note"]),
        AddIndexes(
            "GroupMember",
            [
                models.Index(fields=["organ", "from_on", "number"], name="organs_grou_organ_i_f5aaa0_idx"),
                models.Index(fields=["organ", "until_on", "number"], name="organs_grou_organ_i_ff6157_idx"),
                models.Index(fields=["organ", "duty", "number"], name="organs_grou_organ_i_5cd2f0_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="organs_grou_organ_i_1bbc74_idx"),
            ],
        ),
        KeepWords("GroupMember", ["number", "person_name", "post", "note"]),
        AddIndexes(
            "Training",
            [
                models.Index(fields=["organ", "held_on", "number"], name="organs_trai_organ_i_3670fe_idx"),
                models.Index(fields=["organ", "attendances", "number"], name="organs_trai_organ_i_d28b31_idx"),
                models.Index(fields=["organ", "organised_by", "number"], name="organs_trai_organ_i_7741d7_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="organs_trai_organ_i_4766fd_idx"),
            ],
        ),
        KeepWords("Training", ["number", "title", "organiser_name", "materials", "note"]),
        AddIndexes(
            "Meeting",
            [
                models.Index(fields=["organ", "held_on", "number"], name="organs_meet_organ_i_e1b3e7_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="organs_meet_organ_i_4fd3b0_idx"),
            ],
        ),
        KeepWords("Meeting", ["number", "title", "chair", "note"]),
        AddIndexes(
            "DedicatedUnit",
            [
                models.Index(fields=["organ", "from_on", "number"], name="organs_dedi_organ_i_4ef879_idx"),
                models.Index(fields=["organ", "until_on", "number"], name="organs_dedi_organ_i_e18a85_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="organs_dedi_organ_i_54e7dc_idx"),
            ],
        ),
        KeepWords("DedicatedUnit", ["number", "name", "note"]),
        AddIndexes(
            "SpecialBudget",
            [
                models.Index(fields=["organ", "granted_on", "number"], name="organs_spec_organ_i_e96dc6_idx"),
                models.Index(fields=["organ", "amount", "number"], name="organs_spec_organ_i_32f6eb_idx"),
                models.Index(fields=["organ", "provenance", "number"], name="organs_spec_organ_i_d08714_idx"),
            ],
        ),
        KeepWords("SpecialBudget", ["number", "purpose", "note"]),
    ]
