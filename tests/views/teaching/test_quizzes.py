"""Quizzes made, looked at and published by an instructor through a browser without JavaScript."""

from datetime import UTC, datetime, timedelta

import pytest

from quizzes.models import Attempt, Fact, Profile, Quiz
from quizzes.selectors.study.items import get_item
from quizzes.services.teaching.forming import form_for, freeze_quiz
from tests.factories import NOW, DeckFactory, QuizFactory, keep
from tests.people import enrol

ROW = {"section": "", "direction": "", "closeness": "mixed", "number": 4}


def filled(*rows, **fields):
    """The form of a quiz as a browser sends it."""
    said = {
        "title": "Week 3", "instructions": "", "picking": "drawn", "forms_of": "same", "form_count": "2",
        "opens_at": "2026-03-20T14:00", "closes_at": "2026-03-27T14:00", "time_limit_minutes": "30",
        "attempts_allowed": "2", "counting": "best", "feedback": "after", "pass_percent": "60", "reminders": "on",
        "rows-TOTAL_FORMS": str(len(rows)), "rows-INITIAL_FORMS": "0",
    }  # fmt: skip
    for at, row in enumerate(rows):
        said |= {f"rows-{at}-{name}": value for name, value in (ROW | row).items()}
    return said | fields


@pytest.fixture
def klass(cohort, deck, ada, ivy):
    """Nobody has studied in it."""
    cohort.decks.add(deck)
    return cohort


@pytest.fixture
def quiz(klass, deck):
    """A draft."""
    return QuizFactory(cohort=klass, deck=deck, published_at=None, opens_at=NOW + timedelta(days=1))


@pytest.fixture
def here(url, quiz):
    return lambda rest="": url(f"quizzes/{quiz.pk}/{rest}")


def again(quiz):
    return Quiz.objects.get(pk=quiz.pk)


def text(response):
    return response.content.decode()


def test_a_quiz_is_made_as_a_draft_with_its_rows(desk, url, ivy, klass, deck):
    Profile.objects.update_or_create(user=ivy, defaults={"time_zone": "Europe/Berlin"})
    form = filled({"section": "uses", "direction": "purpose_to_term", "closeness": "near", "number": 3}, {"number": ""})
    response = desk.post(url("quizzes/new/"), form)
    quiz = Quiz.objects.get()
    assert response.url == url(f"quizzes/{quiz.pk}/")
    assert (quiz.cohort, quiz.deck, quiz.created_by, quiz.published_at) == (klass, deck, ivy, None)
    assert quiz.blueprint == [{"section": "uses", "direction": "purpose_to_term", "closeness": "near", "number": 3}]
    assert quiz.opens_at == datetime(2026, 3, 20, 13, tzinfo=UTC)
    assert (quiz.pass_mark, quiz.time_limit_minutes, quiz.attempts_allowed) == (0.6, 30, 2)


def test_the_same_form_sent_twice_makes_one_quiz(desk, url):
    form_id = str(desk.get(url("quizzes/new/")).context["form"]["form_id"].value())
    for _ in range(2):
        desk.post(url("quizzes/new/"), filled({}, form_id=form_id))
    assert Quiz.objects.count() == 1


def test_another_row_is_added_without_a_script_and_nothing_typed_is_lost(desk, url):
    page = desk.post(url("quizzes/new/"), filled({"number": "7", "section": "gases"}, title="Half", more="1"))
    html = text(page)
    assert len(page.context["lines"].forms) == 3
    assert 'value="Half"' in html
    assert 'value="7"' in html
    assert '<option value="gases" selected>' in html
    assert "Not saved" not in html
    assert not Quiz.objects.exists()


def test_a_quiz_that_closes_before_it_opens_is_not_made(desk, url):
    page = desk.post(url("quizzes/new/"), filled({}, closes_at="2026-03-20T13:00"))
    assert "It has to close after it opens." in text(page)
    assert not Quiz.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "Give the quiz a title."),
        ("opens_at", "soon", "Enter a valid date/time."),
        ("attempts_allowed", "0", "greater than or equal to 1"),
        ("rows-0-section", "nowhere", "Select a valid choice"),
        ("rows-0-number", "-1", "greater than or equal to 0"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_beside_it(desk, url, field, value, said):
    assert said in text(desk.post(url("quizzes/new/"), filled({}, **{field: value})))
    assert not Quiz.objects.exists()


def test_the_form_says_what_the_deck_gives(desk, url):
    offer = desk.get(url("quizzes/new/")).context["offer"]
    assert [(line.name, line.facts, list(line.counts)) for line in offer.lines] == [
        ("Elements", 8, [8, 8, 0]),
        ("Gases", 4, [0, 0, 4]),
    ]


def test_of_several_decks_the_instructor_chooses_one(desk, url, klass, deck):
    klass.decks.add(DeckFactory(slug="other", title="Other"))
    assert "From which deck?" in text(desk.get(url("quizzes/new/")))
    assert desk.get(url(f"quizzes/new/?deck={deck.slug}")).context["offer"].deck == deck
    assert desk.get(url("quizzes/new/?deck=nowhere")).status_code == 404


def test_a_class_without_decks_is_led_to_its_settings(desk, url, klass):
    klass.decks.clear()
    assert "The class has no deck" in text(desk.get(url("quizzes/new/")))


def test_a_draft_is_published_withdrawn_and_deleted(desk, here, url, quiz):
    assert "students do not see it until you publish it" in text(desk.get(here()))
    desk.post(here("publish/"), {"do": "publish"})
    assert again(quiz).published_at == NOW
    assert "Opens tomorrow" in text(desk.get(here()))
    desk.post(here("delete/"))
    assert Quiz.objects.exists()
    desk.post(here("publish/"), {"do": "withdraw"})
    assert again(quiz).published_at is None
    assert desk.post(here("delete/")).url == url("quizzes/")
    assert not Quiz.objects.exists()


def test_a_quiz_that_cannot_be_drawn_is_not_published_and_says_why(desk, here, quiz):
    Quiz.objects.update(blueprint=[ROW | {"section": "gases", "number": 9}])
    page = desk.post(here("publish/"), {"do": "publish"}, follow=True)
    assert again(quiz).published_at is None
    assert "Row 1 (Gases, any kind) asks for 9 questions; the deck gives 4" in text(page)


def test_a_quiz_that_is_over_is_not_published(desk, here, quiz, clock):
    clock.move_to(quiz.closes_at)
    desk.post(here("publish/"), {"do": "publish"})
    assert again(quiz).published_at is None


def test_a_started_quiz_is_not_withdrawn(desk, here, quiz, ada):
    desk.post(here("publish/"), {"do": "publish"})
    form = form_for(quiz=again(quiz), user=ada, number=1, now=NOW)
    Attempt.objects.create(quiz=quiz, user=ada, number=1, form=form, started_at=NOW, due_at=NOW)
    page = desk.post(here("publish/"), {"do": "withdraw"}, follow=True)
    assert again(quiz).published_at == NOW
    assert "1 of 1 student started, 0 submitted." in text(page)


def test_a_preview_shows_every_question_with_its_answer_and_reasons(desk, here, quiz):
    page = desk.get(here("preview/")).context["page"]
    assert len(page.questions) == 4
    for one in page.questions:
        assert [choice.is_key for choice in one.choices].count(True) == 1
        assert all(choice.feedback for choice in one.choices)
        assert "mixed" in one.about


def test_other_questions_are_drawn_until_the_quiz_is_frozen(desk, here, quiz):
    def shown():
        return [one.hash for one in desk.get(here("preview/")).context["page"].questions]

    first = shown()
    desk.post(here("preview/"))
    second = shown()
    assert first != second
    freeze_quiz(quiz=quiz, now=NOW)
    assert "can no longer change" in text(desk.post(here("preview/"), follow=True))
    assert shown() == second


def test_a_frozen_preview_shows_what_was_frozen_though_facts_are_edited(desk, here, quiz, deck):
    before = [(one.stem, one.hash) for one in desk.get(here("preview/")).context["page"].questions]
    freeze_quiz(quiz=quiz, now=NOW)
    Fact.objects.filter(deck=deck).update(purpose="to do something else entirely", version=9)
    keep(deck)
    assert [(one.stem, one.hash) for one in desk.get(here("preview/")).context["page"].questions] == before


def test_each_parallel_form_has_its_preview(desk, here, quiz):
    Quiz.objects.update(forms=Quiz.Forms.PARALLEL, form_count=3)
    pages = [desk.get(here(f"preview/?form={number}")).context["page"] for number in (1, 2, 3)]
    assert [[link.here for link in page.forms].index(True) for page in pages] == [0, 1, 2]
    assert len({frozenset(one.hash for one in page.questions) for page in pages}) == 3
    assert desk.get(here("preview/?form=99")).context["page"] == pages[0]


def test_after_freezing_dates_change_and_questions_do_not(desk, here, quiz):
    freeze_quiz(quiz=quiz, now=NOW)
    before = again(quiz)
    form = filled({"number": 9}, picking="picked", certainty="on", closes_at="2026-04-03T10:00", feedback="closing")
    assert desk.post(here("edit/"), form).status_code == 302
    after = again(quiz)
    assert (after.blueprint, after.picking, after.certainty) == (before.blueprint, before.picking, before.certainty)
    assert (after.closes_at, after.feedback) == (datetime(2026, 4, 3, 10, tzinfo=UTC), "closing")


def test_a_published_quiz_cannot_be_changed_into_one_that_cannot_be_drawn(desk, here, quiz):
    desk.post(here("publish/"), {"do": "publish"})
    before = again(quiz).blueprint
    page = desk.post(here("edit/"), filled({"section": "gases", "number": 5}))
    assert "the deck gives 4" in text(page)
    assert again(quiz).blueprint == before


def candidate(desk, here, at=0, section="uses", card=0):
    """The questions of a card, and what adding the one at a place sends."""
    links = desk.get(here(f"pick/?section={section}")).context["page"].cards
    page = desk.get(links[card].url.partition("#")[0]).context["page"]
    return page, {"do": "add", "source": page.source, "hash": page.offered[at].put.hash}


@pytest.fixture
def by_hand(quiz):
    Quiz.objects.filter(pk=quiz.pk).update(picking=Quiz.Picking.PICKED)
    return quiz


def picked(quiz):
    return [line["hash"] for line in again(quiz).picks]


def test_questions_are_picked_moved_and_removed_by_hand(desk, here, by_hand):
    sent = [candidate(desk, here, card=card)[1] for card in (0, 2, 4)]
    for form in [*sent, sent[0]]:
        assert desk.post(here("pick/"), form).status_code == 302
    hashes = [form["hash"] for form in sent]
    assert picked(by_hand) == hashes
    assert get_item(hashes[0])["card"].startswith("uses/1/")
    desk.post(here("pick/"), {"do": "down", "hash": hashes[0]})
    assert picked(by_hand) == [hashes[1], hashes[0], hashes[2]]
    desk.post(here("pick/"), {"do": "up", "hash": hashes[2]})
    assert picked(by_hand) == [hashes[1], hashes[2], hashes[0]]
    desk.post(here("pick/"), {"do": "remove", "hash": hashes[2]})
    assert picked(by_hand) == [hashes[1], hashes[0]]
    desk.post(here("publish/"), {"do": "publish"})
    assert [line["hash"] for line in freeze_quiz(quiz=by_hand, now=NOW).question_forms.get().items] == picked(by_hand)


def test_a_pick_that_would_break_a_rule_says_so_before_and_after(desk, here, by_hand):
    page, form = candidate(desk, here)
    desk.post(here("pick/"), form)
    page, other = candidate(desk, here, at=1)
    assert "Questions 1 and 2 ask about the same fact." in page.offered[1].warnings
    assert not page.offered[0].warnings
    desk.post(here("pick/"), other)
    said = text(desk.post(here("publish/"), {"do": "publish"}, follow=True))
    assert "Questions 1 and 2 ask about the same fact." in said
    assert again(by_hand).published_at is None


def test_a_picked_question_whose_fact_was_edited_is_renewed(desk, here, by_hand, deck):
    _page, form = candidate(desk, here)
    desk.post(here("pick/"), form)
    code = again(by_hand).picks[0]["card"]
    fact = Fact.objects.get(cards=code)
    fact.purpose, fact.version = "to hold up the longest bridges", 2
    fact.save()
    keep(deck)
    assert "edited since" in text(desk.get(here("pick/")))
    desk.post(here("pick/"), {"do": "renew", "hash": form["hash"]})
    assert "longest bridges" in str(get_item(picked(by_hand)[0])["options"]) + get_item(picked(by_hand)[0])["stem"]
    assert desk.get(here("pick/")).context["page"].problems == []


def test_a_question_that_the_deck_does_not_give_is_not_picked(desk, here, by_hand):
    _page, form = candidate(desk, here)
    for wrong in ({"hash": "0" * 64}, {"source": "999999"}, {"source": "not:uses"}, {"source": "x" * 500}):
        page = desk.post(here("pick/"), form | wrong, follow=True)
        assert "no longer gives this question" in text(page)
    assert picked(by_hand) == []


def test_the_page_of_a_drawn_quiz_has_nothing_to_pick(desk, here, quiz):
    assert desk.get(here("pick/")).url == here()


def test_the_list_of_a_class_says_where_each_quiz_stands(desk, url, klass, deck, clock):
    assert "No quiz yet" in text(desk.get(url("quizzes/")))
    for title, opens in (("Over", -14), ("Now", -1), ("Soon", 3)):
        QuizFactory(
            cohort=klass, deck=deck, title=title, opens_at=NOW + timedelta(days=opens),
            closes_at=NOW + timedelta(days=opens + 7),
        )  # fmt: skip
    QuizFactory(cohort=klass, deck=deck, title="Not yet", published_at=None)
    lines = desk.get(url("quizzes/")).context["lines"]
    assert [(line.title, line.badge) for line in lines] == [
        ("Now", "open"),
        ("Soon", "not open yet"),
        ("Not yet", "draft"),
        ("Over", "closed"),
    ]


def test_a_quiz_of_another_class_is_not_there(desk, url, ivy, deck):
    other = QuizFactory(deck=deck, published_at=None)
    for rest in ("", "edit/", "preview/", "pick/", "delete/"):
        assert desk.get(url(f"quizzes/{other.pk}/{rest}")).status_code == 404
    assert desk.post(url(f"quizzes/{other.pk}/publish/"), {"do": "publish"}).status_code == 404
    enrol(ivy, other.cohort, "assistant")
    assert desk.get(f"/classes/{other.cohort_id}/quizzes/{other.pk}/preview/").status_code == 200
    assert desk.get(f"/classes/{other.cohort_id}/quizzes/{other.pk}/edit/").status_code == 404


def test_an_assistant_sees_no_way_to_change_a_quiz(signed_in, assistant, here, url):
    web = signed_in(assistant)
    for page in (url("quizzes/"), here(), here("preview/")):
        html = text(web.get(page))
        assert "New quiz" not in html
        assert "/edit/" not in html
        assert '<form method="post"' not in html.partition("<main")[2]
    assert web.post(here("preview/")).status_code == 404
