from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            "Article",
            [("id", models.BigAutoField(primary_key=True)), ("title", models.CharField(max_length=80))],
        )
    ]
