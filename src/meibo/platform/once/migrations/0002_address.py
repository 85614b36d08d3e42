from django.db import migrations, models


class Migration(migrations.Migration):
    """An address has no longest length: it may carry what was asked for."""

    dependencies = [("once", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="sending",
            name="address",
            field=models.TextField(blank=True),
        )
    ]
