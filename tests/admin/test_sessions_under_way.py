"""What an editor does through the admin's own pages while a question is on a student's page."""

import pytest

from quizzes.core.specs import Format
from quizzes.models import Card, Fact, FactVersion, ItemSnapshot, ReviewLog, Section
from quizzes.selectors.study.items import get_item
from quizzes.services.study.answering import Given
from quizzes.services.study.undoing import undo_last
from tests.admin.forms import address, row, save
from tests.factories import NOW, elements
from tests.study import (
    DAY,
    IRON,
    asked_now,
    begin,
    events,
    given,
    holds,
    learn,
    memory,
    place_of,
    press,
    progress,
    put,
    waiting,
)

LATER = NOW + 2 * DAY


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


@pytest.fixture
def iron(deck):
    return Fact.objects.get(code="uses/1")


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


def edit(editor, fact):
    save(editor, address(Fact, fact.pk), term="wrought iron", purpose="to build towers")


def move(editor, fact):
    gases = Section.objects.get(slug="gases")
    editor.post(address(Fact), {"action": "move", "_selected_action": [fact.pk], "section": gases.pk})


def retire(editor, fact):
    editor.post(address(Fact), {"action": "retire", "_selected_action": [fact.pk]})


def delete(editor, fact):
    editor.post(address(Fact, fact.pk, kind="delete"), {"post": "yes"})


def delete_in_the_list(editor, fact):
    editor.post(address(Fact), {"action": "delete_selected", "_selected_action": [fact.pk], "post": "yes"})


def judge(editor, fact):
    other = Fact.objects.get(code="uses/4" if fact.code == "uses/2" else "uses/2")
    about = {"offered": other.pk, "direction": "purpose_to_term", "verdict": "right", "reason": "Both."}
    save(editor, address(Fact, fact.pk), **row("overlaps", 0, **about))


def reword(editor, fact):
    save(editor, address(Section, fact.section_id), purpose_to_term="", term_to_purpose="What do we need {term} for?")


DEEDS = (edit, move, retire, delete, delete_in_the_list, judge, reword)


@pytest.mark.parametrize("way", Format)
@pytest.mark.parametrize("deed", DEEDS)
def test_the_question_on_the_page_is_answered_as_it_was_shown(editor, student, iron, deed, way):
    asked = put(student, IRON, way)
    shown = get_item(asked.item_hash)
    deed(editor, iron)
    row = press(student, asked).row
    assert (row.correct, row.card.key, row.item_hash) == (True, IRON, asked.item_hash)
    assert ItemSnapshot.objects.get(hash=row.item_hash).content == shown
    assert progress(student, IRON).reps == 1
    assert holds()


@pytest.mark.parametrize("deed", DEEDS)
def test_a_wrong_choice_is_kept_as_what_it_was_whatever_became_of_the_option(editor, student, iron, deed):
    asked = put(student, "uses/3/purpose_to_term", Format.CHOICE)
    place = place_of(asked, right=False)
    code = get_item(asked.item_hash)["options"][asked.order[place]]["code"]
    option = Fact.objects.get(code=code)
    deed(editor, option)
    row = press(student, asked, Given(place=place)).row
    assert (row.correct, row.taken_for) == (False, option)
    assert FactVersion.objects.filter(fact=option, number=1).exists(), "what was shown can be shown again"
    assert holds()


@pytest.mark.parametrize("deed", DEEDS)
def test_no_memory_is_lost(editor, student, iron, deed):
    learn(student, IRON)
    kept = memory(student, IRON)
    if deed in (edit,):
        save(editor, address(Fact, iron.pk), purpose="to build towers", change="wording")
    else:
        deed(editor, iron)
    asked_now(student, now=LATER)
    assert memory(student, IRON) == kept
    assert Card.objects.filter(key=IRON).exists()
    assert holds()


@pytest.mark.parametrize("deed", [retire, delete, delete_in_the_list])
def test_a_retired_fact_comes_back_with_its_memory_and_its_code(editor, student, iron, deed):
    learn(student, IRON)
    kept = memory(student, IRON)
    deed(editor, iron)
    assert IRON not in waiting(student, now=NOW + 30 * DAY)
    editor.post(address(Fact), {"action": "bring_back", "_selected_action": [iron.pk]})
    assert IRON in waiting(student, now=NOW + 30 * DAY)
    assert memory(student, IRON) == kept
    assert Fact.objects.get(pk=iron.pk).code == "uses/1"


def test_the_code_of_a_deleted_fact_is_not_given_again(editor, deck):
    uses = Section.objects.get(slug="uses")
    new = {"section": uses.pk, "purpose": "to make rings"}
    save(editor, address(Fact, kind="add"), term="gold", **new)
    delete(editor, Fact.objects.get(term="gold"))
    assert not Fact.objects.filter(term="gold").exists()
    save(editor, address(Fact, kind="add"), term="silver", **new)
    assert Fact.objects.get(term="silver").code == "uses/10"


def test_a_change_of_meaning_through_the_form_comes_back_after_the_answer(editor, student, iron):
    learn(student, IRON, now=NOW - DAY)
    asked = put(student, IRON)
    save(editor, address(Fact, iron.pk), purpose="to build towers", change="meaning")
    press(student, asked, given(asked))
    assert events(student)[-2:] == ["answer", "return"]
    assert ReviewLog.objects.get(user=student, kind="return").due_reason == "meaning_changed"
    assert holds()


def test_a_restored_version_is_asked_next_and_the_page_keeps_what_it_shows(editor, student, iron):
    save(editor, address(Fact, iron.pk), purpose="to build towers")
    asked = put(student, IRON)
    editor.post(f"/admin/quizzes/fact/{iron.pk}/versions/1/restore/")
    press(student, asked)
    assert get_item(asked.item_hash)["stem"] == "Which element is used to build towers?"
    assert get_item(put(student, IRON).item_hash)["stem"] == "Which element is used to build bridges and rails?"
    assert holds()


@pytest.mark.parametrize("deed", DEEDS)
def test_undo_after_the_editors_work_leaves_a_log_that_holds(editor, student, iron, deed):
    asked = put(student, IRON)
    deed(editor, iron)
    press(student, asked)
    undo_last(user=student, scope="", now=NOW)
    assert progress(student, IRON).reps == 0
    assert holds()


def test_the_deck_made_a_draft_and_published_again_goes_on(editor, student, deck, iron):
    asked = put(student, IRON)
    page = "/admin/quizzes/deck/"
    editor.post(page, {"action": "unpublish", "_selected_action": [deck.pk]})
    done = press(student, asked)
    assert (done.row.correct, done.asked) == (True, None)
    editor.post(f"{page}{deck.pk}/quality/", {"do": "publish", "despite": "on"})
    assert asked_now(student) is not None
    assert holds()
