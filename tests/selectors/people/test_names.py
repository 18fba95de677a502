import pytest

from quizzes.models import User
from quizzes.selectors.people.names import account_name
from quizzes.services.people.addresses import keep_address


@pytest.mark.parametrize("typed", ["ada", " ADA ", "ada@example.org", "Ada@Example.org"])
def test_all_ways_to_type_an_account_are_one_name(ada, typed):
    keep_address(user=ada, email="ada@example.org", verified=True)
    assert account_name(typed) == "ada"


def test_an_address_that_only_an_admin_entered_is_found_too(ada):
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    assert account_name("ada@example.org") == "ada"


def test_what_nobody_has_stays_what_was_typed(db):
    assert account_name("No\x00body") == "nobody"
    assert account_name("x" * 999) == "x" * 255
