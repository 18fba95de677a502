import pytest
from django.core.exceptions import ImproperlyConfigured

from calcquiz.mail import MailServer, from_url


def test_no_address_is_no_mail_server():
    assert from_url("") is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://kim:p%40ss@mail.example:2525", MailServer("mail.example", 2525, "kim", "p@ss", False, True)),
        ("smtp://kim:pass@mail.example", MailServer("mail.example", 587, "kim", "pass", False, True)),
        ("smtp://localhost", MailServer("localhost", 25, "", "", False, False)),
        ("smtps://kim%40x.org:pass@mail.example", MailServer("mail.example", 465, "kim@x.org", "pass", True, False)),
    ],
)
def test_an_address_tells_host_port_sign_in_and_encryption(url, expected):
    assert from_url(url) == expected


@pytest.mark.parametrize("url", ["http://mail.example", "mail.example:25", "smtp://"])
def test_other_addresses_are_refused(url):
    with pytest.raises(ImproperlyConfigured, match="CALCQUIZ_EMAIL_URL"):
        from_url(url)
