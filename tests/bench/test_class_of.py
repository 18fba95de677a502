"""The benchmark of a large class: its terms replay, and its figures become words."""

from datetime import timedelta

from bench.large_class import ANSWERS_EACH, make_class, make_triplets, ways
from bench.report_class_of import class_of
from quizzes.models import Enrolment, ReviewLog, StudySession
from quizzes.selectors.study.replay import replay_all
from tests.factories import NOW, elements

PAGE = {"cpu_ms": 1, "ms": 2, "queries": 3, "first_cpu_ms": 4, "first_ms": 5, "mb": 6}
ANSWER = {"cpu_ms": 5.25, "ms": 8, "queries": 9, "answers": 60}
FILE = {"rows": 1000, "s": 2, "cpu_s": 1, "size_mb": 3, "before_mb": 180, "peak_mb": 190}


def test_a_class_made_in_bulk_replays_to_what_is_kept(db):
    deck, now = elements(), NOW + timedelta(days=200)
    *_others, inside = make_triplets(deck, now)
    _instructor, cohort = make_class(deck, 22, inside, now)
    assert cohort.enrolments.filter(role=Enrolment.Role.STUDENT).count() == 22
    found = replay_all()
    assert found.differences == []
    assert found.events == ReviewLog.objects.count() > 22 * 50
    assert StudySession.objects.filter(last_seq=0).count() == 0


def test_its_choices_go_wrong_and_are_guessed_too(db):
    deck, now = elements(), NOW + timedelta(days=200)
    make_triplets(deck, now)
    choices = ReviewLog.objects.filter(format="choice")
    assert choices.filter(correct=False, taken_for__isnull=False).exists()
    assert {"choice", "graded"} <= set(choices.values_list("evidence", flat=True))


def test_students_answer_a_thousand_times_each_on_average():
    most = [way.most for way in ways(100)]
    assert abs(sum(most) / len(most) - ANSWERS_EACH) < 5
    assert min(most) < 0.8 * ANSWERS_EACH < 1.2 * ANSWERS_EACH < max(most)


def test_its_figures_stand_in_a_table_per_part():
    figures = {
        "database": "sqlite", "students": 1000, "cards": 136, "memories": 136_000, "answers": 1_000_000, "made_s": 95,
        "made_cpu_s": 50,
        "rollup_s": None, "replayed": 13, "faults": [], "pages": {"class": PAGE},
        "answer": {"alone": ANSWER, "inside": ANSWER, "ratio": 1.0, "ratio_to_empty": 1.0},
        "files": {"CSV": {**FILE, "first_ms": 30}, "XLSX, by the worker": FILE},
    }  # fmt: skip
    told = class_of(figures)
    for words in ("1,000,000 answers (sqlite)", "13 students replayed, 0 differences", "ratio 1.00", "XLSX"):
        assert words in told
    assert told.count("\n\n") == 3
