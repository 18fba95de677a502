import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from quizzes.models import Card, Fact, FactVersion
from tests.admin.forms import address, faults, save, shown, told
from tests.factories import elements
from tests.study import IRON, begin, memory, rate


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def iron(deck):
    return Fact.objects.get(code="uses/1")


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


@pytest.fixture
def edited(editor, iron):
    """A fact with two versions."""
    save(editor, address(Fact, iron.pk), purpose="to build towers and rails")
    return Fact.objects.get(pk=iron.pk)


def restore(fact, number):
    return reverse("admin:quizzes_fact_restore", args=[fact.pk, number])


def test_the_history_shows_versions_side_by_side_with_the_words_that_differ(editor, edited):
    page = editor.get(address(Fact, edited.pk, kind="history")).content.decode()
    assert "<del>bridges</del>" in page
    assert "<ins>towers</ins>" in page
    assert "eve" in page
    assert f'href="{restore(edited, 1)}"' in page
    assert f'href="{restore(edited, 2)}"' not in page, "what it says now is not restored"


def test_everything_else_done_to_it_stands_below(editor, edited):
    save(editor, address(Fact, edited.pk), check_status="checked")
    page = editor.get(address(Fact, edited.pk, kind="history")).content.decode()
    below = page.partition("Everything done to it")[2]
    assert "Check status" in below


def test_the_kind_of_a_change_is_no_field_that_was_changed(editor, iron, ada, deck):
    rate(begin(ada, deck), IRON, 3)
    save(editor, address(Fact, iron.pk), purpose="to build towers and rails", change="wording")
    assert LogEntry.objects.latest("pk").get_change_message() == "Changed Purpose."


def test_what_was_typed_is_text_in_the_history(editor, iron):
    save(editor, address(Fact, iron.pk), purpose="to <b>build</b> towers")
    page = editor.get(address(Fact, iron.pk, kind="history")).content.decode()
    assert "<b>build" not in page
    assert "&lt;b&gt;" in page


def test_a_restoration_is_shown_before_it_is_made(editor, edited):
    page = editor.get(restore(edited, 1)).content.decode()
    assert "<ins>bridges</ins>" in page
    assert "no version is rewritten" in page
    assert FactVersion.objects.filter(fact=edited).count() == 2


def test_an_old_version_is_restored_as_a_new_one_in_the_editors_name(editor, edited, eve):
    response = editor.post(restore(edited, 1))
    assert response["Location"] == address(Fact, edited.pk, kind="history")
    assert told(response)[-1:] == ["“iron” says again what it said in version 1: this is version 3."]
    edited.refresh_from_db()
    assert (edited.purpose, edited.version) == ("to build bridges and rails", 3)
    assert FactVersion.objects.get(fact=edited, number=3).created_by == eve
    assert LogEntry.objects.filter(object_id=str(edited.pk)).latest("pk").change_message == "Restored version 1."
    assert "bridges" in str(editor.get(address(Fact, edited.pk)).context["preview"].cards)


def test_restoring_what_somebody_has_learned_asks_for_the_kind_of_change(editor, edited, ada, deck):
    rate(begin(ada, deck), IRON, 3)
    kept = memory(ada, IRON)
    refused = editor.post(restore(edited, 1))
    assert "Say whether this changes the wording or the meaning" in refused.content.decode()
    assert FactVersion.objects.filter(fact=edited).count() == 2
    editor.post(restore(edited, 1), {"change": "meaning"})
    edited.refresh_from_db()
    assert (edited.version, edited.meaning_version) == (3, 2)
    assert memory(ada, IRON) == kept


def test_a_version_that_says_what_the_fact_says_is_not_restored(editor, edited):
    assert "says exactly that already" in editor.get(restore(edited, 2)).content.decode()
    assert told(editor.post(restore(edited, 2)))[-1] == "The fact says that already: nothing was changed."
    assert FactVersion.objects.filter(fact=edited).count() == 2


def test_a_version_that_is_not_there_answers_404(editor, edited):
    assert editor.get(restore(edited, 3)).status_code == 404
    assert editor.post(reverse("admin:quizzes_fact_restore", args=[999_999, 1])).status_code == 404


def test_the_history_takes_the_same_queries_for_any_number_of_versions(editor, edited, django_assert_num_queries):
    page = address(Fact, edited.pk, kind="history")
    for number in range(2):
        with django_assert_num_queries(9):
            assert editor.get(page).status_code == 200
        if not number:
            for word in ("one", "two", "three"):
                save(editor, address(Fact, edited.pk), explanation=word)
    assert Card.objects.filter(fact=edited, status="active").count() == 2


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unseen(editor, iron, eve):
    page = address(Fact, iron.pk)
    opened = shown(editor.get(page))
    save(editor, page, explanation="It rusts.")
    refused = editor.post(page, {**opened, "caution": "Only if pure."})
    assert refused.status_code == 200
    told_of = faults(refused)["__all__"]
    assert told_of[0] == "Nothing is saved yet: eve has changed this fact since you opened it. It now says:"
    assert told_of[1:-1] == ["explanation: “It rusts.”"]
    iron.refresh_from_db()
    assert (iron.explanation, iron.caution, iron.version) == ("It rusts.", "", 2)


def test_whoever_has_seen_it_may_save_over_it(editor, iron):
    page = address(Fact, iron.pk)
    opened = shown(editor.get(page))
    save(editor, page, explanation="It rusts.")
    refused = editor.post(page, {**opened, "explanation": "It is red."})
    assert editor.post(page, shown(refused)).status_code == 302
    iron.refresh_from_db()
    assert (iron.explanation, iron.version) == ("It is red.", 3)


def test_the_same_change_sent_twice_is_no_change_by_somebody_else(editor, iron):
    page = address(Fact, iron.pk)
    sent = {**shown(editor.get(page)), "explanation": "It rusts."}
    assert [editor.post(page, sent).status_code for _twice in range(2)] == [302, 302]
    assert FactVersion.objects.filter(fact=iron).count() == 2


def test_a_change_of_state_alone_meanwhile_stops_nobody(editor, iron):
    page = address(Fact, iron.pk)
    opened = shown(editor.get(page))
    save(editor, page, check_status="checked")
    assert editor.post(page, {**opened, "caution": "Only if pure."}).status_code == 302
