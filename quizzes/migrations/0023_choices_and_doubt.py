from typing import Any

from django.db import migrations, models


def work_out_again(apps: Any, _editor: Any) -> None:  # noqa: ANN401
    """Let the worker find how many answer choices cards have, and how sure the weights of students are."""
    apps.get_model("quizzes", "Card").objects.exclude(status="retired").update(stale=True)
    apps.get_model("quizzes", "Calibration").objects.update(through_seq=0)


class Migration(migrations.Migration):
    """Until the worker has been there cards are taken to have four choices, and weights to be unknown."""

    dependencies = [
        ("quizzes", "0022_scheduler_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="calibration",
            name="covariance",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="card",
            name="choices",
            field=models.PositiveSmallIntegerField(
                default=4, help_text="How many answer choices its questions have; 0 if it is asked without."
            ),
        ),
        migrations.AlterField(
            model_name="card",
            name="stale",
            field=models.BooleanField(
                default=False, help_text="Whether its refusals and choices are to be worked out again."
            ),
        ),
        migrations.RunPython(work_out_again, migrations.RunPython.noop),
    ]
