from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("kms", "0004_asking")]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="half_life",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="broadcast",
            field=models.CharField(
                choices=[
                    ("out", "Left out"),
                    ("shared", "Shared among those who got it"),
                    ("counted", "Counted for each"),
                ],
                default="out",
                max_length=10,
            ),
        ),
    ]
