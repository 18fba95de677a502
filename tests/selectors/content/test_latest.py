from quizzes.selectors.content.latest import MOST_DECKS, Latest


def test_only_the_latest_version_of_a_deck_is_kept():
    latest = Latest[str]()
    latest.keep("old", 1, 4, 0)
    assert latest.find(1, 4, 0) == "old"
    assert latest.keep("new", 1, 5, 0) == "new"
    assert (latest.find(1, 4, 0), latest.find(1, 5, 0), latest.find(1, 5, 1)) == (None, "new", None)


def test_the_deck_that_was_made_first_gives_way_to_more():
    latest = Latest[int]()
    for deck in range(MOST_DECKS + 1):
        latest.keep(deck, deck)
    assert (latest.find(0), latest.find(1), latest.find(MOST_DECKS)) == (None, 1, MOST_DECKS)
