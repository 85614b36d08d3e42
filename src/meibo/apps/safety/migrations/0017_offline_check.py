import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('safety', '0016_bulletins_by_routes'),
    ]

    operations = [
        migrations.AddField(
            model_name='offlinefile',
            name='check_inside',
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, to='safety.check'
            ),
        ),
    ]
