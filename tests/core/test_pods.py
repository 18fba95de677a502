from quizzes.core.pods import WHOLE, pods
from tests.core.decks import elements, fact, many


def test_a_small_section_is_one_pod():
    facts = elements().facts
    assert pods(facts) == (facts,)
    assert pods(()) == ()


def test_a_large_section_is_cut_so_that_each_fact_is_in_one_pod():
    facts = many(1000).facts
    found = pods(facts)
    assert sorted(one.code for pod in found for one in pod) == sorted(one.code for one in facts)
    assert all(16 <= len(pod) <= WHOLE for pod in found)


def test_facts_that_share_a_telling_word_meet():
    facts = [fact(f"s/{n}", f"name{n}", f"thing of group{n % 10} kind{n}") for n in range(80)]
    pod = next(pod for pod in pods(facts) if facts[3] in pod)
    assert sum("group3 " in one.purpose for one in pod) == 8
