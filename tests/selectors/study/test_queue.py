import pytest

from quizzes.core.queueing import Limit, Row, build_queue
from quizzes.models import CardProgress, DailyStudy, DeckStudy, StudySettings
from quizzes.selectors.study.queue import queue_of_deck, read_desk
from quizzes.selectors.study.students import get_student, studied_decks
from quizzes.services.study.joining import allow_more_new
from quizzes.services.study.marks import mark_card
from tests.factories import NOW, DeckFactory, FactFactory, SectionFactory, elements, keep
from tests.study import COPPER, DAY, IRON, MINUTE, begin, learn, put, rate, waiting

DUE = NOW + 30 * DAY


@pytest.fixture
def student(ada):
    return begin(ada, elements())


def desk_of(user, *, now=NOW):
    return read_desk(get_student(user.pk), studied_decks(user), now=now)


def all_rows(desk):
    """Every card of the student's decks, whether it matters today or not."""
    progress = {row.card_id: row for row in CardProgress.objects.filter(user_id=desk.student.user_id)}
    for deck_id, content in desk.contents.items():
        for card_id, place in content.cards.items():
            row = progress.get(card_id, CardProgress())
            yield Row(
                card_id, place.fact_id, deck_id, place.order, row.phase, row.due_on, row.due_at, row.stability,
                row.last_study_day, row.suspended, row.buried_until, row.last_answered_at,
            )  # fmt: skip


def queue_of_everything(desk, *, now):
    rows = list(all_rows(desk))
    limits = {deck_id: limit_of(desk, deck_id) for deck_id in desk.decks}
    return build_queue(
        rows,
        limits=limits,
        today=desk.today.day,
        now=now,
        seen_facts={row.fact_id for row in rows if row.last_study_day == desk.today.day},
        space_siblings=desk.student.bury_siblings,
    )


def limit_of(desk, deck_id):
    studied, (new, reviews, extra) = desk.decks[deck_id], desk.today.done(deck_id)
    return Limit(studied.new_per_day + extra, studied.reviews_per_day, new, reviews)


@pytest.mark.parametrize("spaced", [True, False])
@pytest.mark.parametrize("new_per_day", [0, 1, 3, 20])
def test_reading_only_what_matters_gives_the_queue_of_all_cards(student, spaced, new_per_day):
    StudySettings.objects.update(bury_siblings=spaced)
    DeckStudy.objects.update(new_per_day=new_per_day)
    learn(student, COPPER)
    rate(student, "uses/4/purpose_to_term", 1, now=DUE - DAY)
    rate(student, "uses/5/purpose_to_term", 3, now=DUE)
    mark_card(user=student, asked=put(student, "uses/1/term_to_purpose"), mark="suspend", now=DUE)
    mark_card(user=student, asked=put(student, "uses/3/term_to_purpose"), mark="bury", now=DUE)
    for now in (DUE, DUE + 15 * MINUTE, DUE + DAY):
        desk = desk_of(student, now=now)
        expected = queue_of_everything(desk, now=now)
        assert desk.queue.order == expected.order
        assert (desk.queue.counts, desk.queue.reason) == (expected.counts, expected.reason)
        assert desk.queue.next_learning_at == expected.next_learning_at


def test_the_number_of_queries_does_not_grow_with_decks_or_cards(student, django_assert_num_queries):
    for number in range(3):
        section = SectionFactory(wording={"purpose_to_term": "Which metal is used {purpose}?"})
        for metal in range(6):
            FactFactory(section=section, term=f"metal{metal}{number}", purpose=f"to build thing {metal} of {number}")
        keep(section.deck)
        begin(student, section.deck)
    decks, known = studied_decks(student), get_student(student.pk)
    read_desk(known, decks, now=NOW)
    assert len(decks) == 4
    with django_assert_num_queries(2):
        desk = read_desk(known, decks, now=NOW)
        for studied in decks:
            queue_of_deck(desk, studied.deck.pk, now=NOW)


def test_one_deck_alone_has_its_own_cards_and_limits(student):
    section = SectionFactory(wording={"purpose_to_term": "Which metal is used {purpose}?"})
    for metal, use in {"gold": "rings", "silver": "spoons", "lead": "weights", "tin": "cans"}.items():
        FactFactory(section=section, term=metal, purpose=f"to make {use}")
    keep(section.deck)
    begin(student, section.deck, limits={"new_per_day": 2})
    desk = desk_of(student)
    assert queue_of_deck(desk, section.deck.pk, now=NOW).counts.new == 2
    assert desk.queue.counts.new == 14


def test_extra_cards_raise_the_limit_of_the_day_alone(student):
    deck = DeckStudy.objects.get().deck
    DeckStudy.objects.update(new_per_day=1)
    allow_more_new(user=student, deck=deck, now=NOW)
    assert len(waiting(student)) == 11
    assert len(waiting(student, now=NOW + DAY)) == 1


def test_a_card_of_a_deck_not_studied_has_no_place(student):
    other = DeckFactory()
    desk = desk_of(student)
    assert desk.place(0) is None
    assert other.pk not in desk.contents
    studied, content, place = desk.place(desk.queue.next_id)
    assert (studied.deck.slug, content.slug, place.spec.key) == ("elements", "elements", "uses/1/term_to_purpose")


def test_the_day_starts_empty_and_holds_what_was_done(student):
    assert (desk_of(student).today.answers, desk_of(student).today.decks) == (0, {})
    rate(student, IRON, 1)
    today = desk_of(student).today
    assert (today.answers, today.correct, today.duration_ms) == (1, 0, 4_000)
    assert today.done(DeckStudy.objects.get().deck_id) == (1, 0, 0)
    DailyStudy.objects.all().delete()
    assert desk_of(student).today.answers == 0
