from django.db import migrations

from meibo.ledger.migrations import _search_index


class Migration(migrations.Migration):

    dependencies = [
        ("ledger", "0007_memory"),
    ]

    operations = [
        migrations.RunPython(_search_index.lay_aside, _search_index.place_at_once),
    ]
