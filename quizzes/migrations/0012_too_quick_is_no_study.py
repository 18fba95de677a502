"""Days kept so far without the answers that were too quick to count; the log, which tells them, stays as it is."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def leave_out(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them from the counts of their days."""
    log, daily = apps.get_model("quizzes", "ReviewLog"), apps.get_model("quizzes", "DailyStudy")
    quick = log.objects.filter(kind="answer", evidence="none").exclude(source="practice")
    people = list(quick.order_by().values_list("user_id", flat=True).distinct())
    for user_id in people:
        undone = log.objects.filter(user_id=user_id, kind="undo").values("target_seq")
        for answer in quick.filter(user_id=user_id).exclude(seq__in=undone).order_by("seq"):
            day = daily.objects.filter(user_id=user_id, day=answer.study_day)
            for kept in day.values("answers", "correct", "duration_ms", "decks"):
                day.update(**without(kept, answer))


def without(kept: dict[str, Any], answer: Any) -> dict[str, Any]:  # noqa: ANN401
    """The counts of a day with that answer less."""
    deck = str(answer.detail["deck"])
    again = answer.predicted_recall is not None and answer.predicted_recall < 1 and answer.correct is not None
    less = (0, 0, 0, 1, again, again and bool(answer.correct))
    counts = [count - one for count, one in zip(kept["decks"].get(deck, ()), less, strict=False)]
    return {
        "answers": kept["answers"] - 1,
        "correct": kept["correct"] - bool(answer.correct),
        "duration_ms": kept["duration_ms"] - (answer.duration_ms or 0),
        "decks": {**kept["decks"], deck: counts},
    }


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0011_classroom")]

    operations = [migrations.RunPython(leave_out, migrations.RunPython.noop)]
