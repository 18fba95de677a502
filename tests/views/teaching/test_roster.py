import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from quizzes.management.jobs import send_invitations
from quizzes.models import Enrolment, Invitation, RosterUpload
from quizzes.services.people.addresses import keep_address
from quizzes.services.people.invitations import revoke
from quizzes.services.teaching.classes import archive_class
from tests.factories import NOW, UserFactory
from tests.people import enrol, person

LIST = "First name,Surname,E-mail,Student number,Group\nKim,Lee,kim@example.org,K1,Monday\nLu,Xun,lu@,L1,\n"


def html(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def known(db):
    """Kim has an account with a confirmed address."""
    user = UserFactory(username="kim")
    keep_address(user=user, email="kim@example.org", verified=True)
    return user


def send(desk, url, data=LIST, name="list.csv"):
    data = data.encode() if isinstance(data, str) else data
    return desk.post(url("roster/"), {"file": SimpleUploadedFile(name, data)})


def confirm(desk, address):
    page = desk.get(address).context["page"]
    return desk.post(address, {"do": "confirm", "version": page.version}, follow=True)


def test_a_list_is_shown_before_anything_is_done(desk, url, known):
    address = send(desk, url).url
    text = html(desk.get(address))
    for said in (
        "Nothing is done yet",
        "<b>1</b> enrolled at once",
        "<b>1</b> refused",
        "line 3",
        "This is no e-mail address. Correct it, and bring the row again.",
        "gets the student number K1",
        "goes into the group Monday",
        "New group: Monday.",
        "“Surname” (last name)",
    ):
        assert said in text
    assert not Enrolment.objects.filter(user=known).exists()


def test_confirmed_it_does_that_and_says_so(desk, klass, url, known):
    response = confirm(desk, send(desk, url, LIST + "Mo,Ny,mo@example.org,,\n").url)
    text = html(response)
    assert "1 student is enrolled, 1 is invited." in text
    assert "What became of the list: list.csv" in text
    assert "line 3" in text
    assert Enrolment.objects.get(user=known, cohort=klass).group.name == "Monday"
    assert Invitation.objects.get().email == "mo@example.org"


def test_a_double_click_enrols_once_and_shows_the_same(desk, url, known):
    address = send(desk, url).url
    form = {"do": "confirm", "version": desk.get(address).context["page"].version}
    assert desk.post(address, form).url == desk.post(address, form).url == address
    assert Enrolment.objects.filter(user=known).count() == 1


def test_what_has_changed_meanwhile_is_shown_anew_and_not_done(desk, url, known):
    address = send(desk, url).url
    form = {"do": "confirm", "version": desk.get(address).context["page"].version}
    keep_address(user=known, email="other@example.org", verified=True)
    text = html(desk.post(address, form))
    assert "Something has changed since you looked at the list." in text
    assert "<b>1</b> invited" in text
    assert not Invitation.objects.exists()


def test_a_list_is_forgotten_on_demand(desk, url):
    address = send(desk, url).url
    assert "Nobody was enrolled or invited" in html(desk.post(address, {"do": "cancel"}, follow=True))
    assert not RosterUpload.objects.exists()
    assert desk.get(address).status_code == 404


def test_a_workbook_and_pasted_lines_are_read_too(desk, url):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["Matrikelnummer", "E-Mail"], [12345, "kim@example.org"]):
        book.active.append(row)
    book.save(out)
    assert "12345" in html(desk.get(send(desk, url, out.getvalue(), "list.xlsx").url))
    lines = desk.post(url("roster/"), {"lines": "Kim Lee <kim@example.org>\nlu@example.org"}).url
    assert "<b>2</b> invited" in html(desk.get(lines))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_delimiters_are_found_out(desk, url, encoding):
    data = "Prénom;Nom;Adresse électronique\nZoé;Lefèvre;zoe@example.org\nÉlie;Gœthals;elie@example.org\n"
    text = html(desk.get(send(desk, url, data.encode(encoding)).url))
    assert "Zoé Lefèvre" in text
    assert "Élie Gœthals" in text


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", "holds no rows"),
        (b"%PDF-1.4", "neither a CSV file nor an XLSX workbook"),
        (b"E-mail,Group\n", "names nobody"),
        (b"mail\n" + b"a@example.org\n" * 2001, "more than 2000 rows"),
    ],
)
def test_what_is_no_list_says_so_and_cannot_be_confirmed(desk, url, data, trouble):
    address = send(desk, url, data).url
    assert trouble in html(desk.get(address))
    assert desk.post(address, {"do": "confirm", "version": ""}).status_code == 200
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("form", "error"),
    [({}, "Choose a file, or paste lines below."), ({"lines": "a@x.org", "file": "both"}, "not both")],
)
def test_one_of_file_and_lines_is_needed(desk, url, form, error):
    sent = {**form, **({"file": SimpleUploadedFile("a.csv", b"a@x.org")} if "file" in form else {})}
    assert error in html(desk.post(url("roster/"), sent))
    assert not RosterUpload.objects.exists()


def test_an_archived_class_takes_no_list(desk, klass, url):
    address = send(desk, url).url
    archive_class(cohort=klass, now=NOW)
    assert "Take it out first" in html(desk.get(url("roster/")))
    assert "Take it out first" in html(send(desk, url))
    assert RosterUpload.objects.count() == 1
    assert "Take it out first" in html(confirm(desk, address))


def test_a_list_is_seen_by_who_sent_it_alone(desk, signed_in, klass, url, boss):
    address = send(desk, url).url
    fellow = person("ida", "instructor")
    enrol(fellow, klass, Enrolment.Role.INSTRUCTOR)
    for other in (fellow, boss):
        assert signed_in(other).get(address).status_code == 404


def test_who_only_looks_at_a_class_cannot_change_its_people(signed_in, assistant, url):
    web = signed_in(assistant)
    for rest in ("roster/", "roster/links.csv", "roster/invitations/", "groups/", "copy/"):
        assert web.get(url(rest)).status_code == 404
    assert "roster/" not in html(web.get(url()))


def test_the_class_leads_to_its_list_and_groups(desk, url):
    text = html(desk.get(url()))
    assert f'href="{url("roster/")}"' in text
    assert f'href="{url("groups/")}"' in text


def invited(desk, url, *lines):
    confirm(desk, desk.post(url("roster/"), {"lines": "\n".join(lines)}).url)
    return list(Invitation.objects.order_by("email"))


def test_without_a_mail_server_the_links_are_shown_and_downloaded(desk, url):
    made = invited(desk, url, "mail,name,no", "kim@example.org,=Kim Lee,K1")[0]
    link = f"http://testserver/account/invitation/{made.token}/"
    assert link in html(desk.get(url("roster/")))
    response = desk.get(url("roster/links.csv"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="anatomy-1-links-2026-03-10.csv"'
    assert response.content.decode().splitlines()[1] == f"'=Kim Lee,kim@example.org,K1,,{link}"


def test_with_a_mail_server_nobody_but_the_address_gets_the_link(desk, url, mail_server, mailoutbox):
    made = invited(desk, url, "kim@example.org")[0]
    for page in ("roster/", "roster/links.csv"):
        assert made.token not in desk.get(url(page)).content.decode()
    assert "e-mail waits to be sent" in html(desk.get(url("roster/")))
    send_invitations(NOW, type("Never", (), {"is_set": lambda self: False})())
    assert f"http://testserver/account/invitation/{made.token}/" in mailoutbox[0].body
    assert "e-mail sent" in html(desk.get(url("roster/")))


def test_an_e_mail_that_failed_is_told_with_the_reason(desk, url, mail_server):
    invited(desk, url, "kim@example.org")
    Invitation.objects.update(delivery="failed", trouble="no such mailbox")
    assert "e-mail could not be sent: no such mailbox" in html(desk.get(url("roster/")))


def test_links_shown_before_the_site_sent_e_mail_are_shown_no_more(desk, url, settings):
    made = invited(desk, url, "kim@example.org")[0]
    settings.SENDS_MAIL = True
    assert made.token not in html(desk.get(url("roster/")))


def test_invitations_are_taken_back_and_sent_again(desk, url):
    kim, lu = invited(desk, url, "kim@example.org", "lu@example.org")
    change = url("roster/invitations/")
    text = html(desk.post(change, {"invitation": [kim.pk], "do": "revoke"}, follow=True))
    assert "1 link no longer works." in text
    assert "ended on 10 Mar" in text
    assert [one.expires_at > NOW for one in Invitation.objects.order_by("email")] == [False, True]
    text = html(desk.post(change, {"invitation": [kim.pk, lu.pk], "do": "send"}, follow=True))
    assert "2 links work for 14 more days." in text
    assert text.count("open until 24 Mar") == 2


def test_nothing_ticked_says_so_and_what_is_not_the_classs_own_stays(desk, url, klass):
    kim = invited(desk, url, "kim@example.org")[0]
    Invitation.objects.update(cohort=None)
    response = desk.post(url("roster/invitations/"), {"invitation": [kim.pk, "x"], "do": "revoke"}, follow=True)
    assert "Tick those who are meant first." in html(response)
    assert Invitation.objects.get().expires_at > NOW


def test_an_ended_invitation_has_no_link(desk, url):
    made = invited(desk, url, "kim@example.org")[0]
    revoke(invitation=made, now=NOW)
    assert made.token not in html(desk.get(url("roster/")))


def test_the_invited_come_in_with_the_account_they_have(desk, signed_in, klass, url, max):
    made = invited(desk, url, "mail,no,group", "max@example.org,M1,Monday")[0]
    response = signed_in(max).post(f"/account/invitation/{made.token}/", follow=True)
    assert "You are in the class Anatomy 1 now." in response.content.decode()
    assert (max.profile.external_id, Enrolment.objects.get(user=max).group.name) == ("M1", "Monday")
    assert "Nobody. Whom you invite" in html(desk.get(url("roster/")))


def test_the_link_of_a_class_that_has_ended_says_so(desk, signed_in, klass, url, max):
    made = invited(desk, url, "max@example.org")[0]
    archive_class(cohort=klass, now=NOW)
    response = signed_in(max).post(f"/account/invitation/{made.token}/", follow=True)
    assert "The class Anatomy 1 has ended" in response.content.decode()
    assert not Enrolment.objects.filter(user=max).exists()
