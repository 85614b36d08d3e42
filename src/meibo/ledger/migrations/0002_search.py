from django.db import migrations, models

from meibo.ledger.migrations import _search_index


class Migration(migrations.Migration):

    dependencies = [
        ("ledger", "0001_books"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEra",
            fields=[
                ("number", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("starts", models.DateField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("place", models.BigIntegerField(primary_key=True, serialize=False)),
                ("era", models.PositiveSmallIntegerField()),
                ("subject", models.CharField(max_length=64)),
                ("sort", models.BinaryField()),
                ("packed", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["era", "sort", "subject"], name="search_order")],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "era"), name="one_entry_an_era")
                ],
            },
        ),
        migrations.RunPython(_search_index.lay, _search_index.clear),
    ]
