from allauth.account.models import EmailAddress

from quizzes.services.people.addresses import keep_address


def kept(user):
    user.refresh_from_db()
    return user.email, list(EmailAddress.objects.filter(user=user).values_list("email", "primary", "verified"))


def test_a_person_has_one_address(max):
    keep_address(user=max, email="Max@Example.org", verified=False)
    assert kept(max) == ("max@example.org", [("max@example.org", True, False)])
    keep_address(user=max, email="new@example.org", verified=True)
    assert kept(max) == ("new@example.org", [("new@example.org", True, True)])


def test_an_address_can_be_taken_away(max):
    keep_address(user=max, email="max@example.org", verified=True)
    keep_address(user=max, email="", verified=True)
    assert kept(max) == ("", [])
