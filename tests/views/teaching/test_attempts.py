"""Taking a quiz through its pages: each state in its own words, and nothing lost or told before its time."""

import json

import pytest

from quizzes.core.windows import GRACE
from quizzes.models import Accommodation, Attempt, GradeChange, ItemRuling, ProblemReport, Response
from quizzes.selectors.teaching.own_quiz import own_quizzes_now
from quizzes.services.teaching.enrolling import leave_class
from tests.factories import NOW
from tests.sitting import HOUR, MINUTE, SECOND, choose, hand_in, newcomer, place, quiz_of, response, sit, take
from tests.study import DAY


@pytest.fixture
def quiz(deck, student, cohort):
    return quiz_of(deck, cohort=cohort, time_limit_minutes=20)


def words(response):
    """The page's text as it is read."""
    return " ".join(response.content.decode().split())


def own_page(web, quiz):
    return web.get(f"/quizzes/{quiz.pk}/").context["page"]


def question_url(attempt, position=1):
    return f"/attempts/{attempt.public_id}/{position}/"


def review_url(attempt):
    return f"/attempts/{attempt.public_id}/review/"


class TestStates:
    """Every state of a quiz has its own words, and what can be done in it."""

    def test_not_open_says_when_it_opens_and_has_no_button(self, web, quiz, clock):
        clock.move_to(quiz.opens_at - SECOND)
        page = own_page(web, quiz)
        assert (page.state, page.headline, page.start_url) == ("not_open", "Not open yet", "")
        assert page.said == "It opens on Tuesday 10 March 2026, 10:00."

    def test_open_from_its_first_moment_has_the_button(self, web, quiz, clock):
        clock.move_to(quiz.opens_at)
        page = own_page(web, quiz)
        assert (page.state, page.start_label) == ("open", "Start the quiz")
        assert page.start_url

    def test_under_way_says_what_is_left_and_leads_on(self, web, quiz, student, clock):
        attempt = sit(student, quiz)
        clock.move_to(NOW + 5 * MINUTE)
        page = own_page(web, quiz)
        assert (page.state, page.go_on_url, page.start_url) == ("under_way", question_url(attempt), "")
        assert page.said == "15 min left. What you have answered is saved."

    def test_submitted_says_so_and_offers_another_attempt_while_there_are_some(self, web, quiz, student):
        take(student, quiz, True)
        page = own_page(web, quiz)
        assert (page.state, page.said, page.start_url) == ("submitted", "You have used all your attempts.", "")
        quiz.attempts_allowed = 2
        quiz.save()
        page = own_page(web, quiz)
        assert page.start_label == "Start another attempt"
        assert ("Attempts", "1 of 2 used") in page.facts

    def test_closed_is_what_was_taken_and_missed_what_was_not(self, web, quiz, student, clock, signed_in):
        take(student, quiz, True)
        other = newcomer(quiz)
        clock.move_to(quiz.closes_at - SECOND)
        assert own_page(signed_in(other), quiz).state == "open"
        clock.move_to(quiz.closes_at)
        assert own_page(web, quiz).state == "closed"
        missed = own_page(signed_in(other), quiz)
        assert (missed.state, missed.headline, missed.start_url) == ("overdue", "Missed", "")

    def test_excused_has_nothing_to_do(self, web, quiz, student):
        GradeChange.objects.create(user=student, quiz=quiz, kind="excuse", reason="ill", changed_at=NOW)
        page = own_page(web, quiz)
        assert (page.state, page.start_url, page.mark) == ("excused", "", "")
        refused = web.post(f"/quizzes/{quiz.pk}/start/", follow=True)
        assert "Nothing was begun" in words(refused)
        assert not Attempt.objects.exists()

    def test_an_attempt_ended_by_the_clock_is_submitted_to_who_looks(self, web, quiz, student, clock):
        attempt = sit(student, quiz)
        clock.move_to(attempt.due_at + GRACE)
        page = own_page(web, quiz)
        assert page.state == "submitted"
        assert "by the clock" in page.attempts[0].ended
        assert Attempt.objects.get().submitted_at == attempt.due_at

    def test_the_states_of_all_quizzes_are_read_together(self, student, quiz, cohort, django_assert_num_queries):
        other = quiz_of(quiz.deck, cohort=cohort, closes_at=quiz.closes_at - DAY)
        quiz_of(quiz.deck, cohort=cohort, published_at=None)
        take(student, other, True)
        with django_assert_num_queries(4):
            found = own_quizzes_now(student, now=NOW + HOUR)
        assert [(one.quiz, one.state) for one in found] == [(other, "submitted"), (quiz, "open")]


def test_own_extra_time_dates_and_attempts_are_shown(web, quiz, student):
    Accommodation.objects.create(
        cohort=quiz.cohort, user=student, quiz=quiz, extra_time_percent=25, closes_at=quiz.closes_at + DAY,
        attempts_allowed=3, given_at=NOW,
    )  # fmt: skip
    facts = dict(own_page(web, quiz).facts)
    assert facts["Time"] == "20 minutes, and 5 more for you"
    assert facts["Closes"] == "Wednesday 18 March 2026, 10:00"
    assert facts["Attempts"] == "3"
    assert facts["Mark"] == "your best attempt counts"


def test_a_closing_that_cuts_the_time_short_is_told_before_the_start(web, quiz, clock):
    clock.move_to(quiz.closes_at - 5 * MINUTE)
    assert own_page(web, quiz).warning == "It closes in 5 min: an attempt begun now ends then."
    clock.move_to(quiz.closes_at - 20 * MINUTE)
    assert own_page(web, quiz).warning == ""


def test_certainty_marking_is_explained_with_its_points(web, deck, cohort, quiz):
    certain = quiz_of(deck, cohort=cohort, certainty=True)
    page = own_page(web, certain)
    assert [(row.right, row.wrong) for row in page.certainties] == [("+1", "0"), ("+2", "−2"), ("+3", "−6")]
    assert own_page(web, quiz).certainties == ()


def test_starting_twice_leads_to_one_attempt(web, quiz):
    first, second = (web.post(f"/quizzes/{quiz.pk}/start/") for _click in range(2))
    assert first.url == second.url == question_url(Attempt.objects.get())


def test_a_choice_saved_by_the_form_leads_to_the_next_question(web, quiz, student):
    attempt = sit(student, quiz)
    onward = web.post(question_url(attempt), {"revision": "0", "choice": "2", "elapsed_ms": "1500", "go": "2"})
    assert onward.url == question_url(attempt, 2)
    kept = response(attempt)
    assert (kept.chosen, kept.duration_ms) == (kept.order[2], 1500)


def test_the_buttons_of_the_form_strike_out_flag_and_clear(web, quiz, student):
    attempt = sit(student, quiz)
    web.post(question_url(attempt), {"revision": "0", "choice": "2", "strike": "1"})
    web.post(question_url(attempt), {"revision": "1", "choice": "2", "struck": "1", "flag": "1", "flagged": "0"})
    kept = response(attempt)
    assert (kept.struck, kept.flagged) == ([kept.order[1]], True)
    web.post(question_url(attempt), {"revision": "2", "choice": "2", "struck": "1", "strike": "1", "flagged": "1"})
    web.post(question_url(attempt), {"revision": "3", "choice": "2", "flagged": "1", "clear": "1"})
    kept = response(attempt)
    assert (kept.struck, kept.flagged, kept.chosen) == ([], True, None)


def test_a_form_older_than_what_is_kept_is_refused_with_a_word(web, quiz, student):
    attempt = sit(student, quiz)
    choose(attempt)
    shown = web.post(
        question_url(attempt), {"revision": "0", "choice": str(place(response(attempt), right=False))}, follow=True
    )
    assert "You answered this question in another tab" in words(shown)
    assert response(attempt).revision == 1


@pytest.mark.parametrize("data", [{"choice": "7"}, {"choice": "99999999999"}, {"choice": "1", "certainty": "9"}])
def test_a_form_with_nonsense_saves_nothing(web, quiz, student, data):
    attempt = sit(student, quiz)
    shown = web.post(question_url(attempt), {"revision": "0", **data}, follow=True)
    assert "nothing was saved" in words(shown)
    assert response(attempt).revision == 0


def test_an_answer_after_the_end_is_told_of_on_the_review(web, quiz, student, clock):
    attempt = sit(student, quiz)
    clock.move_to(attempt.due_at + GRACE)
    shown = web.post(question_url(attempt), {"revision": "0", "choice": "1"}, follow=True)
    assert shown.redirect_chain[-1][0] == review_url(attempt)
    assert "could not be saved" in words(shown)
    assert response(attempt).chosen is None


class TestSaving:
    """What scripts send, and what they are told."""

    def send(self, web, attempt, **data):
        return web.post(f"{question_url(attempt)}save/", {"revision": "0", **data})

    def test_it_answers_with_what_is_kept_and_the_time_left(self, web, quiz, student, clock):
        attempt = sit(student, quiz)
        clock.move_to(NOW + MINUTE)
        saved = self.send(web, attempt, choice="1", struck=["2", "3"], flagged="1").json()
        assert saved == {
            "choice": 1, "certainty": None, "struck": [2, 3], "flagged": True, "checked": False, "revision": 1,
            "left_ms": 19 * 60_000,
        }  # fmt: skip

    def test_a_conflict_comes_with_what_is_kept(self, web, quiz, student):
        attempt = sit(student, quiz)
        self.send(web, attempt, choice="1")
        refused = self.send(web, attempt, choice="2")
        assert refused.status_code == 409
        assert (refused.json()["choice"], refused.json()["revision"]) == (1, 1)
        assert "another tab" in refused.json()["said"]

    def test_what_is_over_says_where_to_go(self, web, quiz, student, clock):
        attempt = sit(student, quiz)
        clock.move_to(attempt.due_at + GRACE)
        refused = self.send(web, attempt, choice="1")
        assert (refused.status_code, refused.json()["url"]) == (410, f"/attempts/{attempt.public_id}/end/")

    def test_nonsense_is_refused(self, web, quiz, student):
        assert self.send(web, sit(student, quiz), choice="7").status_code == 400

    def test_a_get_tells_what_is_kept(self, web, quiz, student):
        attempt = sit(student, quiz)
        choose(attempt)
        kept = json.loads(web.get(f"{question_url(attempt)}save/").content)
        assert kept["revision"] == 1

    def test_a_save_asks_the_database_six_times(self, web, quiz, student, django_assert_num_queries):
        attempt = sit(student, quiz)
        with django_assert_num_queries(6):  # session, person, transaction, the response, its new values, the end
            self.send(web, attempt, choice="1")


class TestEnd:
    """The page before handing in, and handing in."""

    def test_it_lists_what_is_unanswered_and_flagged(self, web, quiz, student):
        attempt = sit(student, quiz)
        choose(attempt, 1)
        choose(attempt, 3, flagged=True)
        page = web.get(f"/attempts/{attempt.public_id}/end/").context["page"]
        assert [one.position for one in page.unanswered] == [2, 4]
        assert [one.position for one in page.flagged] == [3]

    def test_within_the_grace_it_says_that_the_time_is_over(self, web, quiz, student, clock):
        attempt = sit(student, quiz)
        clock.move_to(attempt.due_at)
        assert "Your time is over" in words(web.get(f"/attempts/{attempt.public_id}/end/"))
        assert Attempt.objects.get().submitted_at is None

    def test_after_the_grace_it_is_handed_in(self, web, quiz, student, clock):
        attempt = sit(student, quiz)
        clock.move_to(attempt.due_at + GRACE)
        assert web.get(f"/attempts/{attempt.public_id}/end/").url == review_url(attempt)
        assert web.get(question_url(attempt)).url == review_url(attempt)

    def test_handing_in_twice_leads_to_the_same_review(self, web, quiz, student, clock):
        attempt = sit(student, quiz)
        assert web.post(f"/attempts/{attempt.public_id}/end/").url == review_url(attempt)
        clock.move_to(NOW + MINUTE)
        assert web.post(f"/attempts/{attempt.public_id}/end/").url == review_url(attempt)
        assert Attempt.objects.get().submitted_at == NOW

    def test_the_review_of_an_attempt_under_way_is_its_questions(self, web, quiz, student):
        attempt = sit(student, quiz)
        assert web.get(review_url(attempt)).url == question_url(attempt)

    def test_there_is_no_question_past_the_last(self, web, quiz, student):
        attempt = sit(student, quiz)
        assert [web.get(question_url(attempt, n)).status_code for n in (0, 4, 5)] == [404, 200, 404]


class TestReview:
    """What is told when, and what is told."""

    def test_each_question_has_your_choice_the_key_and_the_reasons(self, web, quiz, student):
        attempt = take(student, quiz, True, False)
        page = web.get(review_url(attempt)).context["page"]
        assert (page.mark, page.right) == ("25 %", "1 of 4 right")
        assert [line.kind for line in page.lines] == ["right", "wrong", "none", "none"]
        wrong = page.lines[1]
        assert sorted(option.tag for option in wrong.options if option.tag) == ["✓ right", "✗ your answer"]
        assert all(option.feedback for option in wrong.options)
        assert wrong.locator

    def test_certainty_has_its_points_beside_the_mark(self, web, deck, student, cohort):
        certain = quiz_of(deck, cohort=cohort, certainty=True)
        attempt = sit(student, certain)
        choose(attempt, 1, certainty=3)
        choose(attempt, 2, right=False, certainty=3)
        hand_in(attempt)
        page = web.get(review_url(attempt)).context["page"]
        assert (page.mark, page.score) == ("25 %", "−3 of 12 points")
        assert [line.points for line in page.lines] == ["+3 points", "−6 points", "0 points", "0 points"]

    def test_until_the_last_student_has_closed_nothing_is_told(self, web, deck, student, cohort, clock):
        quiz = quiz_of(deck, cohort=cohort, feedback="closing")
        late = newcomer(quiz)
        Accommodation.objects.create(cohort=cohort, user=late, quiz=quiz, closes_at=quiz.closes_at + DAY, given_at=NOW)
        attempt = take(student, quiz, True, False)
        clock.move_to(quiz.closes_at + DAY - SECOND)
        page = web.get(review_url(attempt)).context["page"]
        assert (page.mark, page.lines, page.practice_url) == ("", [], "")
        assert page.told_at == "Wednesday 18 March 2026, 10:00"
        assert (own_page(web, quiz).mark, own_page(web, quiz).attempts[0].mark) == ("", "")
        assert not own_page(web, quiz).told
        assert web.post(f"/attempts/{attempt.public_id}/practice/").status_code == 404
        assert web.get(f"{question_url(attempt)}report/").status_code == 404
        clock.move_to(quiz.closes_at + DAY)
        assert web.get(review_url(attempt)).context["page"].mark == "25 %"
        assert own_page(web, quiz).mark == "25 %"

    def test_feedback_during_the_attempt_shows_what_was_checked_and_no_more(self, web, deck, student, cohort):
        quiz = quiz_of(deck, cohort=cohort, feedback="during")
        attempt = sit(student, quiz)
        data = {"revision": "0", "choice": str(place(response(attempt), right=False)), "check": "1"}
        page = web.post(question_url(attempt), data, follow=True).context["page"]
        first, second = page.questions[:2]
        assert (first.checked, first.correct) == (True, False)
        assert any(option.is_key for option in first.options)
        assert not any(option.is_key or option.feedback for option in second.options)

    def test_no_page_of_an_attempt_says_what_is_right_before_it_may(self, web, quiz, student):
        attempt = sit(student, quiz)
        for position in range(1, 5):
            choose(attempt, position)
        shown = web.get(question_url(attempt)).context["page"]
        assert not any(one.checked or one.locator for one in shown.questions)
        assert not any(
            option.is_key or option.tag or option.feedback for one in shown.questions for option in one.options
        )

    def test_a_ruling_is_told_where_it_holds(self, web, quiz, student):
        attempt = sit(student, quiz)
        ItemRuling.objects.create(
            quiz=quiz, item_hash=response(attempt).item_hash, kind="drop", reason="unclear", ruled_at=NOW
        )
        choose(attempt, 1, right=False)
        hand_in(attempt)
        page = web.get(review_url(attempt)).context["page"]
        assert (page.lines[0].kind, page.right) == ("dropped", "0 of 3 right")
        assert "left this question out" in page.lines[0].note

    def test_it_stays_readable_for_who_has_left_the_class(self, web, quiz, student, cohort):
        attempt = take(student, quiz, True)
        leave_class(user=student, cohort=cohort, now=NOW)
        assert web.get(review_url(attempt)).status_code == 200
        assert web.get(f"/quizzes/{quiz.pk}/").status_code == 404

    def test_a_mark_set_by_hand_is_told_as_such(self, web, quiz, student):
        take(student, quiz, True)
        GradeChange.objects.create(user=student, quiz=quiz, kind="override", mark=0.9, reason="x", changed_at=NOW)
        assert (own_page(web, quiz).mark, own_page(web, quiz).mark_said) == ("90 %", "set by your instructor")

    def test_the_mark_says_whether_it_is_a_pass(self, web, quiz, student):
        quiz.pass_mark = 0.5
        quiz.save()
        take(student, quiz, True)
        assert own_page(web, quiz).mark_said == "not passed: 50 % is needed"

    def test_what_was_missed_is_practised(self, web, quiz, student):
        attempt = take(student, quiz, True, False)
        session = web.post(f"/attempts/{attempt.public_id}/practice/", follow=True)
        assert session.context["page"].progress.left == 3
        assert session.context["page"].practice

    def test_a_question_is_reported_once_with_what_was_answered(self, web, quiz, student):
        attempt = take(student, quiz, False)
        url = f"{question_url(attempt)}report/"
        form = {"report": web.get(url).context["page"].client_id, "kind": "unclear", "message": "Which bridge?"}
        for _click in range(2):
            assert web.post(url, form).url == review_url(attempt)
        report = ProblemReport.objects.get()
        assert report.answer
        assert (report.item_hash, report.order) == (response(attempt).item_hash, response(attempt).order)

    def test_a_report_without_a_word_keeps_what_was_chosen(self, web, quiz, student):
        attempt = take(student, quiz, False)
        url = f"{question_url(attempt)}report/"
        form = {"report": web.get(url).context["page"].client_id, "kind": "other", "message": " "}
        page = web.post(url, form).context["page"]
        assert "Say in a few words" in page.error
        assert [kind.value for kind in page.kinds if kind.chosen] == ["other"]
        assert not ProblemReport.objects.exists()


def test_somebody_elses_attempt_is_not_there(signed_in, quiz, student):
    attempt, other = sit(student, quiz), signed_in(newcomer(quiz))
    assert other.get(question_url(attempt)).status_code == 404
    assert other.post(question_url(attempt), {"revision": "0", "choice": "1"}).status_code == 404
    assert other.post(f"{question_url(attempt)}save/", {"revision": "0", "choice": "1"}).status_code == 404
    assert other.post(f"/attempts/{attempt.public_id}/end/").status_code == 404
    assert Response.objects.filter(revision__gt=0).count() == 0
    assert Attempt.objects.get(pk=attempt.pk).submitted_at is None


@pytest.mark.parametrize("count", [2, 12])
def test_the_pages_of_an_attempt_ask_the_same_of_the_database_whatever_its_length(
    web, deck, student, cohort, count, django_assert_num_queries
):
    blueprint = [{"section": "", "direction": "", "closeness": "mixed", "number": count}]
    quiz = quiz_of(deck, cohort=cohort, blueprint=blueprint)
    attempt = sit(student, quiz)
    with django_assert_num_queries(5):
        web.get(question_url(attempt))
    with django_assert_num_queries(5):
        web.get(f"/attempts/{attempt.public_id}/end/")
    hand_in(attempt)
    with django_assert_num_queries(6):
        web.get(review_url(attempt))
