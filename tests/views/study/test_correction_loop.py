"""The whole loop: reported in place, seen by the editor, fixed, told to whom it concerns, marked anew on a word."""

import re
from datetime import timedelta

import pytest
import time_machine

from quizzes.core.specs import Format
from quizzes.models import (
    CardProgress,
    Enrolment,
    Fact,
    FactVersion,
    GradeChange,
    NoticeRead,
    Overlap,
    ProblemReport,
    ReviewLog,
)
from quizzes.selectors.study.asked import sign
from quizzes.selectors.study.corrections import TOLD_FOR, corrections
from quizzes.selectors.study.items import get_item
from quizzes.services.content.facts import bring_deck_up_to_date
from tests.admin.forms import address, save
from tests.factories import NOW, elements, keep
from tests.quiz_marks import frozen_quiz, hashes, take
from tests.study import DAY, IRON, asked_now, begin, holds, learn, memory, press, progress, put

LATER = NOW + DAY
A_CODE = "uses/1"


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def later():
    """A day after all had learned."""
    with time_machine.travel(LATER, tick=False):
        yield LATER


@pytest.fixture
def learners(ada, ben, deck):
    """Ada and ben know iron by heart."""
    for user in (ada, ben):
        learn(begin(user, deck), IRON)
    return ada, ben


@pytest.fixture
def closed_quiz(deck, cohort, ada, ivy):
    """Ivy's class was asked iron in a quiz, and ada had it right."""
    cohort.decks.add(deck)
    quiz = frozen_quiz(deck, cohort, [IRON, "gases/1/membership"], closes_at=NOW + timedelta(hours=1))
    take(ada, quiz, True, False)
    return quiz


def edit(deck, *, change="wording", by=None, now=LATER, **content):
    Fact.objects.filter(deck=deck, code=A_CODE).update(**content)
    bring_deck_up_to_date(deck=deck, by=by, now=now, change=change)


def home(signed_in, user):
    response = signed_in(user).get("/")
    assert response.status_code == 200
    return response.context["told"], response.content.decode()


def report_in_place(signed_in, user, now):
    """A wrong answer, and from its feedback the report that the answer chosen is right too."""
    asked = put(user, IRON, Format.CHOICE, now=now)
    row = press(user, asked, right=False, now=now).row
    web = signed_in(user)
    page = web.get(f"/study/answered/{row.client_id}/").content.decode()
    token = re.search(r'action="/study/mark/".*?name="token" value="([^"]+)"', page, re.DOTALL)[1]
    form = {"token": token, "kind": "also_right", "message": "Mine too.", "report": str(row.client_id)}
    assert web.post("/study/report/", form).status_code == 302
    return ProblemReport.objects.get(reporter=user), row


@pytest.mark.parametrize("change", ["wording", "meaning"])
def test_the_loop(signed_in, client, learners, closed_quiz, deck, eve, ivy, later, change):
    ada = learners[0]
    due = {user: progress(user, IRON).due_on for user in learners}
    report, row = report_in_place(signed_in, ada, later)
    due[ada] = progress(ada, IRON).due_on
    marks = list(closed_quiz.attempts.values_list("mark", flat=True))

    editor = signed_in(eve)
    shown = editor.get(address(ProblemReport, report.pk))
    page, text = shown.context["page"], shown.content.decode()
    chosen = next(option["text"] for option in row_options(row) if not option["is_key"] and option["n"] == row.chosen)
    assert [option.text for option in page.item.options if option.chosen] == [chosen]
    assert (page.learned, [(one.title, one.students) for one in page.quizzes]) == (2, [(closed_quiz.title, 1)])
    fact_page = re.search(r'href="([^"]+/change/\?report=\d+)"', text)[1]

    fixed = {"purpose": "to build bridges, rails and towers", "change": change}
    back = save(editor, fact_page, **fixed)
    assert back.url == address(ProblemReport, report.pk)
    version = FactVersion.objects.latest("pk")
    assert (version.change, version.content["purpose"]) == (change, fixed["purpose"])

    closed = editor.post(address(ProblemReport, report.pk), {"status": "fixed", "reply": "Right, said it better."})
    assert closed.status_code == 302

    told, text = home(signed_in, ada)
    assert told[0].title == "Fixed, as you reported: Which element is used to build bridges and rails?"
    assert told[0].text == "Right, said it better."
    for user in learners:
        correction = home(signed_in, user)[0][-1]
        assert correction.title == "“iron” was corrected"
        before, after = correction.changes[0].before, correction.changes[0].after
        assert "".join(piece.text for piece in before) == "to build bridges and rails"
        assert "".join(piece.text for piece in after) == fixed["purpose"]
        asked_now(user, now=later)
        comes_back = CardProgress.objects.get(user=user, card__key=IRON).due_on
        assert comes_back == (later.date() if change == "meaning" else due[user])
        returned = ReviewLog.objects.filter(user=user, kind="return", due_reason="meaning_changed")
        assert returned.filter(card__key=IRON).exists() is (change == "meaning")
    assert ("for review" in correction.text) is (change == "meaning")

    offer = home(signed_in, ivy)[0][0]
    assert offer.title.startswith(f"1 question of “{closed_quiz.title}” rests on a fact that was corrected")
    ruling = f"/classes/{closed_quiz.cohort_id}/quizzes/{closed_quiz.pk}/rulings/{hashes(closed_quiz)[0]}/"
    assert offer.links == [("Which element is used to build bridges and rails?", ruling)]
    assert list(closed_quiz.attempts.values_list("mark", flat=True)) == marks
    assert not GradeChange.objects.exists()

    desk = signed_in(ivy)
    assert "to build bridges, rails and towers" in re.sub(r"</?ins>", "", desk.get(ruling).content.decode())
    desk.post(ruling, {"do": "rule", "kind": "drop", "reason": "It was unclear.", "seen": "0"})
    assert list(closed_quiz.attempts.values_list("mark", flat=True)) != marks
    assert home(signed_in, ivy)[0] == []
    assert holds()


def row_options(row):
    return [{**option, "n": number} for number, option in enumerate(get_item(row.item_hash)["options"])]


def test_each_is_told_once_and_can_put_it_away(signed_in, learners, deck, later):
    ada, ben = learners
    edit(deck, term="wrought iron")
    told, text = home(signed_in, ada)
    keys = re.findall(r'name="key" value="([^"]+)"', text)
    assert keys == list(told[0].keys)
    web = signed_in(ada)
    for _twice in range(2):
        assert web.post("/notices/read/", {"key": keys}).url == "/"
    assert home(signed_in, ada)[0] == []
    assert NoticeRead.objects.count() == 1
    assert len(home(signed_in, ben)[0]) == 1


def test_put_away_it_comes_again_only_with_the_next_correction_which_alone_is_told(signed_in, learners, deck, later):
    ada, _ben = learners
    edit(deck, term="wrought iron")
    signed_in(ada).post("/notices/read/", {"key": home(signed_in, ada)[0][0].keys})
    edit(deck, purpose="to build towers")
    told = home(signed_in, ada)[0][0]
    assert [change.label for change in told.changes] == ["purpose"]


def test_several_corrections_of_a_fact_are_one_notice_from_the_first_to_the_last(learners, deck, later):
    edit(deck, purpose="to build towers")
    edit(deck, purpose="to build ships", change="meaning")
    edit(deck, explanation="Ships float.")
    told = corrections(learners[0], now=later)
    assert len(told) == 1
    assert [change.label for change in told[0].changes] == ["purpose", "explanation"]
    assert "for review" in told[0].text


def test_what_was_put_back_or_is_no_part_of_what_is_learned_is_not_told(learners, deck, later):
    edit(deck, purpose="to build towers")
    edit(deck, purpose="to build bridges and rails")
    edit(deck, never_accept=["irony"], locator="page 9")
    assert corrections(learners[0], now=later) == []


def test_who_has_not_learned_it_or_learned_it_later_is_told_nothing(ada, ben, deck, later):
    begin(ada, deck)
    edit(deck, purpose="to build towers")
    learn(begin(ben, deck), IRON, now=LATER + DAY)
    assert corrections(ada, now=LATER + 2 * DAY) == corrections(ben, now=LATER + 2 * DAY) == []


def test_after_sixty_days_it_is_no_news(learners, deck, later):
    edit(deck, purpose="to build towers")
    assert corrections(learners[0], now=LATER + TOLD_FOR - DAY)
    assert corrections(learners[0], now=LATER + TOLD_FOR) == []


def test_a_report_answered_otherwise_is_told_again(signed_in, learners, eve, later):
    report, _row = report_in_place(signed_in, learners[0], later)
    editor = signed_in(eve)
    editor.post(address(ProblemReport, report.pk), {"status": "dismissed", "reply": "It is right."})
    told = home(signed_in, learners[0])[0]
    assert told[0].title.startswith("Answered, as you reported")
    signed_in(learners[0]).post("/notices/read/", {"key": told[0].keys})
    assert home(signed_in, learners[0])[0] == []
    with time_machine.travel(LATER + timedelta(minutes=5), tick=False):
        signed_in(eve).post(address(ProblemReport, report.pk), {"status": "fixed", "reply": "You were right."})
        assert home(signed_in, learners[0])[0][0].text == "You were right."


def test_an_answer_judged_right_is_offered_to_mark_anew_too(signed_in, closed_quiz, deck, ivy, eve, later):
    item = get_item(hashes(closed_quiz)[0])
    other = next(option["code"] for option in item["options"] if not option["is_key"])
    asked, offered = (Fact.objects.get(deck=deck, code=code) for code in (A_CODE, other))
    about = {"verdict": "right", "reason": "It is.", "judged_by": eve, "judged_at": later}
    Overlap.objects.create(asked=asked, offered=offered, **about)
    keep(deck)
    assert len(home(signed_in, ivy)[0]) == 1


@pytest.mark.parametrize("who", ["assistant", "left", "archived", "stranger"])
def test_quizzes_are_offered_to_those_alone_who_may_decide(signed_in, closed_quiz, cohort, deck, ivy, later, who):
    edit(deck, purpose="to build towers", change="meaning")
    rows = Enrolment.objects.filter(cohort=cohort, user=ivy)
    match who:
        case "assistant":
            rows.update(role=Enrolment.Role.ASSISTANT)
        case "left":
            rows.update(left_at=later)
        case "stranger":
            rows.delete()
        case "archived":
            cohort.archived_at = later
            cohort.save()
    assert home(signed_in, ivy)[0] == []


def test_an_open_quiz_is_offered_as_well_and_a_question_made_since_is_not(signed_in, deck, cohort, ivy, later):
    cohort.decks.add(deck)
    still_open = frozen_quiz(deck, cohort, closes_at=LATER + DAY)
    edit(deck, purpose="to build towers")
    deck.refresh_from_db()
    frozen_quiz(deck, cohort, title="Made since")
    told = home(signed_in, ivy)[0]
    assert len(told) == 1
    assert still_open.title in told[0].title


def test_an_offer_can_be_put_away(signed_in, closed_quiz, deck, ivy, later):
    edit(deck, purpose="to build towers")
    told = home(signed_in, ivy)[0]
    signed_in(ivy).post("/notices/read/", {"key": told[0].keys})
    assert home(signed_in, ivy)[0] == []


def test_what_is_no_notice_is_not_kept(signed_in, ada):
    signed_in(ada).post(
        "/notices/read/", {"key": ["", "deck:elements", "version:" + "1" * 90, "version:1\n", "x" * 500]}
    )
    assert not NoticeRead.objects.exists()


def test_a_wording_moves_no_memory(learners, deck, later):
    before = memory(learners[0], IRON)
    edit(deck, purpose="to build towers")
    asked_now(learners[0], now=later)
    assert memory(learners[0], IRON) == before


def test_a_report_before_the_answer_has_its_question_too(signed_in, learners):
    asked = put(learners[0], IRON, Format.CHOICE, now=LATER)
    form = {"token": sign(asked, learners[0].pk), "kind": "unclear", "report": str(asked.client_id)}
    signed_in(learners[0]).post("/study/report/", form)
    kept = ProblemReport.objects.get()
    assert (kept.item_hash, kept.answer) == (asked.item_hash, "")


@pytest.mark.parametrize(("change", "questions"), [("wording", 1), ("meaning", 2)])
def test_a_wrong_answer_worded_otherwise_is_no_reason_to_mark_anew(
    signed_in, deck, cohort, ivy, later, change, questions
):
    cohort.decks.add(deck)
    quiz = frozen_quiz(deck, cohort)
    beside = [one for one in hashes(quiz) if A_CODE in {option["code"] for option in get_item(one)["options"]}]
    assert len(beside) == 2
    edit(deck, purpose="to build towers", change=change)
    assert home(signed_in, ivy)[0][0].title.startswith(f"{questions} question")
