from django.db import migrations, models

HELP = "By which the memories were folded."


class Migration(migrations.Migration):
    """Sessions that exist were folded by the first version, new ones by the second."""

    dependencies = [
        ("quizzes", "0021_confusions_and_corrections"),
    ]

    operations = [
        migrations.AddField(
            model_name="studysession",
            name="scheduler_version",
            field=models.CharField(default="fsrs6-1", help_text=HELP, max_length=20),
        ),
        migrations.AlterField(
            model_name="studysession",
            name="scheduler_version",
            field=models.CharField(default="fsrs6-2", help_text=HELP, max_length=20),
        ),
    ]
