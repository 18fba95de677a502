from quizzes.models import Fact
from quizzes.selectors.study.welcome import notices_seen, review_state
from tests.factories import elements
from tests.study import read_notice


def test_the_state_of_checking_is_a_sentence(db):
    deck = elements()
    assert review_state(deck) == "None of the facts has been checked yet."
    Fact.objects.filter(code__in=["uses/1", "uses/2"]).update(check_status=Fact.CheckStatus.CHECKED)
    assert review_state(deck) == "2 of 12 facts have been checked."
    Fact.objects.update(check_status=Fact.CheckStatus.CHECKED)
    assert review_state(deck) == "All facts have been checked."


def test_retired_facts_do_not_count(db):
    deck = elements()
    Fact.objects.filter(code="uses/1").update(check_status=Fact.CheckStatus.CHECKED, status=Fact.Status.RETIRED)
    assert review_state(deck) == "None of the facts has been checked yet."


def test_who_has_read_nothing_has_no_profile_needed(max, db):
    assert notices_seen(max.pk) == frozenset()
    read_notice(max, elements())
    assert notices_seen(max.pk) == {"elements"}
