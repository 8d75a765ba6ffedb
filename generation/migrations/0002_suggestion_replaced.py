from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("generation", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="replaced",
            field=models.JSONField(default=list),
        ),
    ]
