"""What the public copy of a file has no more, and what was masked in it on which ground, is told beside it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0004_withdrawn_versions")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="left_out",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="原件里看不见、净化件不再带有的内容：是什么、在哪里",
                verbose_name="净化件已去除",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="masks",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="各处遮盖：规则、位置、代之以什么、依据",
                verbose_name="遮盖",
            ),
        ),
    ]
