import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import Client

from quizzes.models import (
    AccessRecord,
    Card,
    DeckTally,
    Enrolment,
    Message,
    ProblemReport,
    Quiz,
    QuizForm,
    ReviewLog,
    User,
)
from quizzes.services.people.roles import ADMIN, INSTRUCTOR
from quizzes.services.study.tallying import tally_deck
from quizzes.services.teaching.classes import archive_class
from quizzes.services.teaching.erasing import NotYetError, erase_person
from tests.classes import join
from tests.factories import NOW, elements
from tests.people import enrol, person
from tests.sitting import quiz_of, sit, take
from tests.study import IRON, begin, holds, rate
from tests.whole_person import ADDRESS, FIRST, LAST, NAME, fill, named, rows_of, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def whole(deck, cohort, ivy):
    """Somebody of whom something is kept everywhere."""
    return fill(named(), deck, cohort, ivy)


def test_something_is_kept_of_the_person_in_every_column_that_holds_one(whole):
    assert [name for name, count in rows_of(whole).items() if not count] == []


def test_no_row_of_any_table_is_of_the_person_afterwards(whole):
    pk = whole.pk
    erase_person(user=whole)
    gone = User(pk=pk)
    assert {name: count for name, count in rows_of(gone).items() if count} == {}
    assert not User.objects.filter(pk=pk).exists()


def test_no_word_in_the_database_names_the_person_afterwards(whole):
    client = Client()
    client.force_login(whole)
    words = (NAME, FIRST.lower(), LAST.lower(), ADDRESS)
    assert any(NAME in text.lower() for _model, text in texts())
    erase_person(user=whole)
    assert [(model, word) for model, text in texts() for word in words if word in text.lower()] == []


def test_they_are_signed_out_everywhere_and_others_are_not(whole, ivy):
    theirs, others = Client(), Client()
    theirs.force_login(whole)
    others.force_login(ivy)
    erase_person(user=whole)
    assert [one.get_decoded()["_auth_user_id"] for one in Session.objects.all()] == [str(ivy.pk)]


def test_what_others_have_is_untouched(deck, cohort, ivy):
    ben = begin(join(cohort), deck)
    rate(ben, IRON, 3)
    quiz = quiz_of(deck, cohort=cohort, forms="fresh")
    take(ben, quiz, True)
    before = {name: count for name, count in rows_of(ben).items() if count}
    erase_person(user=fill(named(), deck, cohort, ivy))
    ben.refresh_from_db()
    changed = {name for name, count in rows_of(ben).items() if count != before.get(name, 0)}
    assert changed == set()
    assert ReviewLog.objects.filter(user=ben).exists()
    assert holds()


def test_a_report_stays_without_name_and_words(whole):
    report = ProblemReport.objects.get(reporter=whole)
    erase_person(user=whole)
    report.refresh_from_db()
    assert (report.reporter, report.message, report.answer, report.kind) == (None, "", "", "also_right")


def test_that_they_opened_somebodys_record_stays_with_their_role(whole, ivy):
    erase_person(user=whole)
    kept = AccessRecord.objects.get(person=ivy)
    assert (kept.opened_by, kept.role) == (None, "admin")


def test_a_message_to_several_stays_and_one_to_them_alone_goes(whole, cohort):
    assert Message.objects.filter(body__startswith="Dear").exists()
    erase_person(user=whole)
    assert [one.body for one in Message.objects.all()] == ["To all"]


def test_counts_over_all_students_stay_and_no_longer_hold_them_once_made_anew(deck, cohort):
    for student in (begin(join(cohort), deck), begin(named(), deck)):
        rate(student, IRON, 3)
    tally_deck(deck=deck, now=NOW)
    erase_person(user=User.objects.get(username=NAME))
    assert DeckTally.objects.get(deck=deck).first_answers == 2
    tally_deck(deck=deck, now=NOW)
    assert DeckTally.objects.get(deck=deck).first_answers == 1


def test_a_form_drawn_for_them_goes_and_the_next_attempt_of_others_gets_one_of_its_own(deck, cohort):
    quiz = quiz_of(deck, cohort=cohort, forms=Quiz.Forms.FRESH)
    gone, other, late = (join(cohort) for _ in range(3))
    sit(gone, quiz)
    sit(other, quiz)
    erase_person(user=gone)
    sit(late, quiz)
    assert list(QuizForm.objects.filter(quiz=quiz).order_by("number").values_list("number", flat=True)) == [2, 3]


def test_a_form_that_all_share_stays(deck, cohort):
    quiz = quiz_of(deck, cohort=cohort)
    gone = join(cohort)
    sit(gone, quiz)
    erase_person(user=gone)
    assert QuizForm.objects.filter(quiz=quiz).count() == 1


def test_the_last_admin_is_not_erased(db):
    admin = person("root", ADMIN)
    with pytest.raises(NotYetError, match="last admin"):
        erase_person(user=admin)
    person("second", ADMIN)
    erase_person(user=admin)
    assert not User.objects.filter(username="root").exists()


def test_who_alone_teaches_a_class_hands_it_over_first(cohort, ivy):
    with pytest.raises(NotYetError, match="Anatomy 1"):
        erase_person(user=ivy)
    enrol(person("jo", INSTRUCTOR), cohort, Enrolment.Role.INSTRUCTOR)
    erase_person(user=ivy)
    assert list(cohort.enrolments.values_list("user__username", flat=True)) == ["jo"]


def test_an_assistant_or_somebody_without_the_role_is_no_other_instructor(cohort, ivy):
    enrol(person("jo", INSTRUCTOR), cohort, Enrolment.Role.ASSISTANT)
    enrol(person("kim"), cohort, Enrolment.Role.INSTRUCTOR)
    with pytest.raises(NotYetError):
        erase_person(user=ivy)


def test_a_class_in_the_archive_needs_nobody(cohort, ivy):
    archive_class(cohort=cohort, now=NOW)
    erase_person(user=ivy)
    assert not User.objects.filter(pk=ivy.pk).exists()


def test_nothing_is_gone_where_it_could_not_be_done(cohort, ivy, deck):
    rate(begin(ivy, deck), IRON, 3)
    with pytest.raises(NotYetError):
        erase_person(user=ivy)
    assert ReviewLog.objects.filter(user=ivy).count() == 1


def test_nobody_with_a_history_is_deleted_by_another_way(ada, deck):
    rate(begin(ada, deck), IRON, 3)
    with pytest.raises(ProtectedError):
        ada.delete()


def test_the_entries_of_the_admin_about_others_stay(whole, ivy):
    LogEntry.objects.create(user=ivy, object_id="1", object_repr="Elements", action_flag=2, change_message="")
    erase_person(user=whole)
    assert LogEntry.objects.get().object_repr == "Elements"


def test_what_is_kept_of_a_card_still_replays(whole):
    erase_person(user=whole)
    call_command("replay", "--check")
    assert Card.objects.filter(key=IRON).exists()
