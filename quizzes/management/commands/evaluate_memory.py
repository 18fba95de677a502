"""manage.py evaluate_memory: how well memory models predict a review log that they have not seen."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from math import isfinite
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError

from quizzes.core.evaluation import TooFewReviewsError, evaluate
from quizzes.core.predictions import Quality
from quizzes.core.review_arrays import FOLDS, arrays_of
from quizzes.formats.errors import TableError
from quizzes.formats.review_logs import read_review_log
from quizzes.management.calibration_picture import calibration_picture
from quizzes.management.progress import Bar

LABELS = {
    "training_mean": "mean of what is learned from",
    "running_mean": "running mean",
    "sm2": "SM-2",
    "fsrs6_default": "FSRS-6, defaults",
    "fsrs6_fitted": "FSRS-6, fitted",
    "fsrs6_calibrated": "FSRS-6, fitted, calibrated as answers come",
    "fsrs6_ensemble": "FSRS-6, calibrated, with defaults and latest answers",
}


class Command(BaseCommand):
    """Reads a file and prints; writes nothing but the picture that `--plot` asks for."""

    help = "Compares memory models on a review log (CSV): log loss, RMSE(bins) and AUC over five folds by time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, when its person's days begin, and what to print."""
        parser.add_argument("file", type=Path, help="CSV with card_id, review_rating, review_time, or Anki's names")
        parser.add_argument("--rollover", type=int, default=4, choices=range(24), metavar="H", help="hour a day begins")
        parser.add_argument("--timezone", default="UTC", metavar="ZONE", help="zone of that hour, such as Europe/Paris")
        parser.add_argument("--plot", type=Path, metavar="OUT.svg", help="draw predicted against observed recall")
        parser.add_argument("--json", action="store_true", help="print JSON instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Read, evaluate, print."""
        bar, zone = Bar(self.stderr), _zone(options["timezone"])
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
            reviews = arrays_of(read_review_log(text, zone, options["rollover"]))
            found, predicted, tested = evaluate(reviews, progress=lambda done: bar.tell("folds", done, FOLDS))
        except UnicodeDecodeError as error:
            raise CommandError(f"{options['file'].name} is no text in UTF-8: {error.reason}") from error
        except (OSError, TableError, TooFewReviewsError) as error:
            raise CommandError(f"{options['file'].name}: {error}") from error
        finally:
            bar.end()
        self.stdout.write(as_json(found, len(tested)) if options["json"] else as_table(found, len(tested)))
        if options["plot"]:
            _write(options["plot"], calibration_picture(found, predicted, reviews.passed[tested] > 0, LABELS))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise CommandError(f"{name} is no time zone: {error}") from error


def _write(path: Path, picture: str) -> None:
    try:
        path.write_text(picture, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"The plot cannot be written to {path}: {error.strerror}") from error


def as_json(found: dict[str, Quality], tested: int) -> str:
    """The figures for programs; null where there is none, such as AUC where every answer was right."""
    models = {
        name: {key: value if isfinite(value) else None for key, value in asdict(one).items() if key != "n"}
        for name, one in found.items()
    }
    return json.dumps({"n_test": tested, "models": models}, indent=2)


def as_table(found: dict[str, Quality], tested: int) -> str:
    """The figures for people."""
    width = max(map(len, LABELS.values()))
    rows = [f"{'model':{width}}  log loss  RMSE(bins)    AUC"]
    rows += [
        f"{LABELS[name]:{width}}  {one.log_loss:8.4f}  {one.rmse_bins:10.4f}  {one.auc:5.3f}"
        for name, one in found.items()
    ]
    return "\n".join([*rows, f"{tested:,} reviews tested, each predicted from what came before it."])
