import pytest
from django.core import signing

from quizzes.core.specs import Format
from quizzes.selectors.study.asked import SALT, Asked, BadTokenError, Promise, new_client_id, sign, unsign
from tests.factories import NOW


@pytest.fixture
def asked():
    return Asked(
        client_id=new_client_id(),
        card_id=7,
        revision=3,
        format=Format.CHOICE,
        item_hash="ab" * 32,
        order=(2, 0, 1, 3),
        scope="elements",
        study_day="2026-03-10",
        issued_at=NOW.isoformat(),
        known_before=0.3,
        meaning_version=1,
        promises={"again": Promise(0, "2026-03-10", 10.0), "good": Promise(5, "2026-03-15", None)},
        hints=1,
        typed="co",
    )


def test_a_question_survives_the_way_to_the_page_and_back(asked):
    assert unsign(sign(asked, 1), 1) == asked
    assert Asked.from_json(asked.to_json()) == asked


def test_it_knows_its_day_and_moment(asked):
    assert (asked.day, asked.issued) == (NOW.date(), NOW)


def test_nobody_else_can_use_it(asked):
    with pytest.raises(BadTokenError):
        unsign(sign(asked, 1), 2)
    with pytest.raises(BadTokenError):
        unsign(sign(asked, 1), 11)


def test_a_changed_or_made_up_token_is_refused(asked):
    token = sign(asked, 1)
    changed = [token[:10] + ("A" if token[10] != "A" else "B") + token[11:], token[:-1], f"{token}x", "", "x", "a:b:c"]
    changed.append(signing.dumps(asked.to_json(), salt=SALT))
    changed.append(signing.dumps(asked.to_json(), salt=f"{SALT}.1", key="another key"))
    for forged in changed:
        with pytest.raises(BadTokenError):
            unsign(forged, 1)


@pytest.mark.parametrize("change", [
    {"format": "dance"},
    {"promises": {"good": [1, 2, 3, 4]}},
    {"promises": None},
    {"order": None},
    {"a field of a later version": 1},
])  # fmt: skip
def test_a_token_of_another_version_of_the_site_is_refused(asked, change):
    with pytest.raises(BadTokenError):
        unsign(signing.dumps({**asked.to_json(), **change}, salt=f"{SALT}.1"), 1)


def test_a_token_that_lacks_something_is_refused(asked):
    for name in ("client_id", "revision", "promises", "meaning_version"):
        data = asked.to_json()
        del data[name]
        with pytest.raises(BadTokenError):
            Asked.from_json(data)


def test_ids_of_answers_are_all_different():
    assert len({new_client_id() for _ in range(100)}) == 100
