"""Review logs of our own and of other programs."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from quizzes.formats.errors import TableError
from quizzes.formats.review_logs import read_review_log

HEAD = "card_id,review_rating,review_time,review_duration\n"


def days(text, zone=UTC, rollover=4):
    reviews = read_review_log(text, zone, rollover)
    return [(one.card, one.day - reviews[0].day, one.rating) for one in reviews]


def test_days_begin_at_the_rollover_in_the_zone():
    text = HEAD + "7,3,2026-03-10T03:59:00+00:00,\n7,1,2026-03-10T04:00:00+00:00,\n8,2,2026-03-10T05:00:00Z,\n"
    assert days(text) == [(0, 0, 3), (0, 1, 1), (1, 1, 2)]
    assert days(text, ZoneInfo("America/New_York")) == [(0, 0, 3), (0, 0, 1), (1, 0, 2)]


def test_anki_names_milliseconds_and_cards_moved_by_hand():
    text = "id,cid,usn,ease,ivl\n1711684180217,55,-1,3,1\n1711684190000,55,-1,0,1\n1711784180217,55,-1,1,1\n"
    assert days(text) == [(0, 0, 3), (0, 2, 1)]


def test_seconds_and_times_without_a_zone_are_read():
    assert days("\ufeffcard,rating,time\na,4,1711684180\nb,3,2024-03-29T03:49:40\n") == [(0, 0, 4), (1, 0, 3)]


def test_how_long_an_answer_took_is_not_when_it_was_given():
    head = "id,cid,usn,ease,ivl,lastIvl,factor,time,type\n"
    rows = "1711684180217,55,-1,3,1,1,0,8000,1\n1711784180217,55,-1,1,1,1,0,90000000,1\n"
    assert days(head + rows) == [(0, 0, 3), (0, 2, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Card ID,Rating,Review Time\n7,3,1711684180217\n",
        "cardId,buttonChosen,reviewTime\n7,3,1711684180217\n",
        "card_id;review_rating;review_time\n7;3.0;1711684180217.0\n",
        "cid\tease\tid\n7\t3\t1711684180217\n",
    ],
)
def test_names_in_other_writing_other_separators_and_decimals_are_read(text):
    assert read_review_log(text, UTC, 4) == read_review_log("card_id,rating,id\n7,3,1711684180217\n", UTC, 4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Line 1: no column for the card"),
        ("card_id,review_time\n", "Line 1: no column for the rating. Call one of them review_rating"),
        (HEAD, "no reviews below its head"),
        (HEAD + "1,5,2026-03-10T03:59:00+00:00,\n", "Line 2: the rating “5”"),
        (HEAD + "1,3,2026-03-10T03:59:00Z,\n\n1,3,yesterday,\n", "Line 4: “yesterday” is no time"),
        (HEAD + "1,\u00b2,2026-03-10T03:59:00Z,\n", "Line 2: the rating “\u00b2”"),
        (HEAD + f"1,{'3' * 5000},2026-03-10T03:59:00Z,\n", "Line 2: the rating “33"),
        (HEAD + "1,3,9999-12-31T23:59:59Z,\n", "Line 2: “9999-12-31T23:59:59Z” is no time"),
        (HEAD + "1,3,0001-01-01T00:00:00Z,\n", "Line 2: “0001-01-01T00:00:00Z” is no time"),
        (HEAD + f'"{"x" * 200_000},3,2026-03-10T03:59:00Z,\n', "Line 2: field larger than field limit"),
        (HEAD + "1,3\n", "Line 2: 2 cells, where the head asks for 3"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line_and_the_remedy(text, words):
    with pytest.raises(TableError, match=words):
        read_review_log(text, UTC, 4)
