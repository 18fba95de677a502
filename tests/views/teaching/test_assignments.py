"""Assignments in the browsers of those who set them and of those who do them."""

from datetime import UTC, datetime, timedelta

import pytest

from quizzes.models import Accommodation, Assignment, AssignmentResult, Enrolment, GradeChange, Profile, Section
from quizzes.services.teaching.groups import create_group, fill_group
from tests.classes import USES, answer, join
from tests.factories import NOW, AssignmentFactory, DeckFactory, SectionFactory
from tests.study import DAY, MINUTE

TICK = timedelta(microseconds=1)
FORM = {
    "title": "Week 1",
    "opens_at": "2026-03-10T08:00",
    "closes_at": "2026-03-17T23:59",
    "counts": "days",
    "days_needed": "5",
    "pass_mark": "75",
    "form_id": "7d0f6e6c-52a5-4f0e-9a2b-b5a1c7a34d11",
}


@pytest.fixture
def form(deck):
    return {**FORM, "deck": deck.pk}


@pytest.fixture
def work(klass, deck):
    """Opens in an hour, for a week; all of ada's work was before."""
    return AssignmentFactory(
        cohort=klass,
        deck=deck,
        title="Week 1",
        opens_at=NOW + 60 * MINUTE,
        closes_at=NOW + 7 * DAY,
        counts="days",
        days_needed=2,
    )


@pytest.fixture
def web(signed_in, ada, klass):
    return signed_in(ada)


def zone(user, name):
    Profile.objects.update_or_create(user=user, defaults={"time_zone": name})


def test_an_assignment_is_made_and_published_in_the_instructors_own_time(desk, ivy, url, form):
    zone(ivy, "Europe/Berlin")
    section = Section.objects.get(slug="uses")
    response = desk.post(url("assignments/new/"), {**form, "do": "publish", "sections": [section.pk]}, follow=True)
    made = Assignment.objects.get()
    assert made.opens_at == datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
    assert (made.closes_at, made.pass_mark) == (datetime(2026, 3, 17, 22, 59, tzinfo=UTC), 0.75)
    assert (list(made.sections.all()), made.published_at, made.reminders) == ([section], NOW, False)
    assert response.redirect_chain[-1][0] == url(f"assignments/{made.pk}/")


def test_a_form_sent_twice_makes_one_draft(desk, url, form):
    for _ in range(2):
        desk.post(url("assignments/new/"), {**form, "do": "draft"})
    assert Assignment.objects.get().published_at is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"closes_at": "2026-03-10T08:00"}, "closes_at"),
        ({"closes_at": "soon"}, "closes_at"),
        ({"opens_at": "2026-03-29T02:30"}, "opens_at"),
        ({"title": ""}, "title"),
        ({"pass_mark": "101"}, "pass_mark"),
        ({"days_needed": "0"}, "days_needed"),
        ({"deck": "0"}, "deck"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(desk, ivy, url, form, wrong, field):
    zone(ivy, "Europe/Berlin")
    response = desk.post(url("assignments/new/"), {**form, **wrong})
    assert field in response.context["form"].errors
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not Assignment.objects.exists()


def test_sections_of_another_deck_are_refused(desk, klass, url, form):
    other = DeckFactory()
    klass.decks.add(other)
    response = desk.post(
        url("assignments/new/"), {**form, "deck": other.pk, "sections": [Section.objects.get(slug="uses").pk]}
    )
    assert "sections" in response.context["form"].errors


def test_a_section_without_facts_is_offered_only_where_it_was_chosen_before(desk, deck, url, work, klass):
    empty = SectionFactory(deck=deck, slug="empty", position=9)

    def offered(path):
        return {pk for _deck, rows in desk.get(url(path)).context["form"].groups() for pk, _name, _ticked in rows}

    assert empty.pk not in offered("assignments/new/")
    work.sections.add(empty)
    assert empty.pk in offered(f"assignments/{work.pk}/edit/")


def test_a_class_without_a_deck_is_led_to_its_settings(desk, klass, url):
    klass.decks.clear()
    page = desk.get(url("assignments/new/")).content.decode()
    assert "The class has no deck" in page
    assert 'name="title"' not in page


def test_the_form_for_a_change_keeps_what_was_not_touched(desk, ivy, url, work, form):
    zone(ivy, "Europe/Berlin")
    Assignment.objects.update(closes_at=NOW + 7 * DAY + timedelta(seconds=17))
    address = url(f"assignments/{work.pk}/edit/")
    shown = {name: field.value() for name, field in ((f.name, f) for f in desk.get(address).context["form"])}
    assert shown["opens_at"] == datetime(2026, 3, 10, 12, 0)
    sent = {**form, "opens_at": "2026-03-10T12:00", "closes_at": "2026-03-17T11:00", "title": "Week one"}
    assert desk.post(address, sent).url == url(f"assignments/{work.pk}/")
    work.refresh_from_db()
    assert (work.title, work.closes_at.second) == ("Week one", 17)


def test_with_results_what_counts_cannot_change(desk, url, work, form, clock):
    clock.move_to(work.closes_at)
    desk.get(url(f"assignments/{work.pk}/"))
    assert work.results.exists()
    kept = {"opens_at": "2026-03-10T11:00", "closes_at": "2026-03-17T10:00", "days_needed": "2"}
    response = desk.post(url(f"assignments/{work.pk}/edit/"), {**form, **kept, "counts": "recall"})
    assert "counts" in response.context["form"].errors
    assert desk.post(url(f"assignments/{work.pk}/delete/")).url == url(f"assignments/{work.pk}/")
    assert Assignment.objects.exists()
    assert desk.post(url(f"assignments/{work.pk}/edit/"), {**form, **kept}).status_code == 302


def test_a_draft_is_published_withdrawn_and_deleted(desk, web, url, work):
    Assignment.objects.update(published_at=None)
    own, page = f"/assignments/{work.pk}/", url(f"assignments/{work.pk}/")
    assert web.get(own).status_code == 404
    assert "A draft" in desk.get(page).content.decode()
    desk.post(f"{page}publish/", {"do": "publish"})
    assert web.get(own).status_code == 200
    desk.post(f"{page}publish/", {"do": "withdraw"})
    assert web.get(own).status_code == 404
    assert desk.get(f"{page}publish/").url == page
    assert desk.get(f"{page}delete/").status_code == 200
    assert desk.post(f"{page}delete/").url == url()
    assert not Assignment.objects.exists()


def state(web, work):
    """The state on the student's page, its headline and the button; the same state must stand in the list."""
    response = web.get(f"/assignments/{work.pk}/")
    page = response.context["page"]
    assert f'data-state="{page.line.state}"' in response.content.decode()
    listed = [line for _n, _t, lines in web.get("/work/").context["page"].groups for line in lines]
    assert [line.state for line in listed] == [page.line.state]
    return str(page.line.state), page.headline, page.line.button


def test_not_open_until_the_moment_it_opens(web, work, clock):
    clock.move_to(work.opens_at - TICK)
    assert state(web, work) == ("not_open", "Not open yet", "")
    clock.move_to(work.opens_at)
    assert state(web, work) == ("open", "Not begun yet", "Study")


def test_under_way_from_the_first_answer_and_done_with_the_pass_mark(web, work, ada, clock):
    Assignment.objects.update(pass_mark=1.0)
    clock.move_to(NOW + 2 * DAY)
    answer(ada, USES[:1], days_ago=-1)
    assert state(web, work) == ("under_way", "You are at 0 % of the 100 % needed", "Study")
    Assignment.objects.update(pass_mark=0.0)
    assert state(web, work) == ("submitted", "Done: you have reached the pass mark", "Study")


def test_closed_or_overdue_from_the_moment_it_closes(web, work, ada, clock):
    clock.move_to(work.closes_at - TICK)
    assert state(web, work)[0] == "open"
    clock.move_to(work.closes_at)
    assert state(web, work) == ("overdue", "Not passed: 0 % of the 80 % needed", "")
    AssignmentResult.objects.update(mark=0.8)
    assert state(web, work) == ("closed", "Passed with 80 %", "")


def test_excused_whatever_the_time(web, work, ada, clock):
    GradeChange.objects.create(assignment=work, user=ada, kind="excuse", reason="ill", changed_at=NOW)
    for moment in (NOW, work.opens_at, work.closes_at):
        clock.move_to(moment)
        assert state(web, work) == ("excused", "You are excused", "")


def test_a_mark_set_by_hand_holds_and_is_said_to_be(web, work, ada, clock):
    GradeChange.objects.create(assignment=work, user=ada, kind="override", mark=0.9, reason="on paper", changed_at=NOW)
    clock.move_to(work.closes_at)
    assert state(web, work)[:2] == ("closed", "Passed with 90 %")
    assert "Your instructor has set this mark." in web.get(f"/assignments/{work.pk}/").content.decode()


def test_own_dates_hold_on_the_students_page(web, work, ada, klass, clock):
    Accommodation.objects.create(
        cohort=klass, user=ada, assignment=work, closes_at=work.closes_at + DAY, note="secret", given_at=NOW
    )
    clock.move_to(work.closes_at)
    assert state(web, work)[0] == "open"
    said = web.get(f"/assignments/{work.pk}/").content.decode()
    assert "these dates are for you" in said
    assert "secret" not in said
    clock.move_to(work.closes_at + DAY)
    assert state(web, work)[0] == "overdue"


@pytest.mark.parametrize("change", ["left", "archived"])
def test_who_has_left_or_whose_class_has_ended_does_not_see_it(web, work, ada, klass, change):
    if change == "left":
        Enrolment.objects.filter(user=ada).update(left_at=NOW)
    else:
        klass.archived_at = NOW
        klass.save()
    assert web.get(f"/assignments/{work.pk}/").status_code == 404
    assert web.get("/work/").context["page"].groups == []


def test_what_had_closed_before_joining_is_not_theirs(work, klass, signed_in, desk, url, clock):
    late = join(klass, now=work.closes_at, username="zed")
    clock.move_to(work.closes_at + DAY)
    web = signed_in(late)
    assert web.get(f"/assignments/{work.pk}/").status_code == 404
    assert web.get("/work/").context["page"].groups == []
    assert "joined after it closed" in desk.get(url(f"assignments/{work.pk}/")).content.decode()


def test_home_shows_it_first_with_its_dates_and_its_exam(web, work, clock):
    Assignment.objects.update(exam_on=(NOW + 14 * DAY).date())
    said = web.get("/").content.decode()
    assert said.index("Week 1") < said.index('id="now"')
    assert "opens today, 11:00" in said
    assert "Exam on 24 March, in 14 days." in said
    clock.move_to(work.opens_at)
    assert "until Tuesday 17 March 2026" not in web.get("/").content.decode()
    assert "until 17 March, 10:00" in web.get("/").content.decode()


def test_home_says_nothing_to_who_has_no_assignments(web):
    said = web.get("/").content.decode()
    assert "For your classes" not in said
    assert "Nothing has been set" in web.get("/work/").content.decode()


def test_home_keeps_three_lines_what_is_to_do_first(web, work, klass, deck, clock):
    for number in range(5):
        AssignmentFactory(
            cohort=klass, deck=deck, title=f"More {number}", opens_at=NOW, closes_at=NOW + (8 - number) * DAY
        )
    shown = [line.title for line in web.get("/").context["work"]]
    assert shown == ["More 4", "More 3", "More 2"]
    everything = [line.title for _n, _t, lines in web.get("/work/").context["page"].groups for line in lines]
    assert everything == ["More 4", "More 3", "More 2", "More 1", "More 0", "Week 1"]


def test_the_page_of_an_assignment_says_who_is_where(desk, url, work, ada, klass, clock):
    join(klass, username="zed", first_name="Zed")
    clock.move_to(NOW + 2 * DAY)
    answer(ada, USES[:1], days_ago=-1)
    page = desk.get(url(f"assignments/{work.pk}/")).context["page"]
    assert page.sentence == "0 of 2 have reached the pass mark; 1 has not begun."
    rows = {row.name: [cell.text for cell in row.cells] for row in page.table.rows}
    assert rows == {
        "ada": ["under way", "0 of 2 days", "0 %", "yesterday"],
        "Zed": ["not begun", "0 of 2 days", "0 %", "never"],
    }
    assert page.table.rows[0].url.startswith(url("students/"))
    assert page.plot.title == "At least half of them are still at 0 %; 80 % passes"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("?sort=seen", ["ada", "zed"]),
        ("?sort=-name", ["zed", "ada"]),
        ("?show=new", ["zed"]),
        ("?show=missing", ["ada", "zed"]),
        ("?show=passed", []),
        ("?q=ZE", ["zed"]),
        ("?sort=nonsense&show=nonsense", ["ada", "zed"]),
    ],
)
def test_the_table_sorts_and_filters(desk, url, work, ada, klass, clock, asked, names):
    join(klass, username="zed")
    clock.move_to(NOW + 2 * DAY)
    answer(ada, USES[:1], days_ago=-1)
    page = desk.get(url(f"assignments/{work.pk}/{asked}")).context["page"]
    assert [row.name for row in page.table.rows] == names


def test_a_class_without_students_says_what_the_page_will_show(desk, url, work, ada):
    Enrolment.objects.filter(user=ada).delete()
    assert "No students yet" in desk.get(url(f"assignments/{work.pk}/")).content.decode()


def test_the_class_page_lists_them_with_state_and_counts(desk, url, work, clock):
    assert [(line.state, line.sentence) for line in desk.get(url()).context["page"].assignments] == [
        ("not open yet", "It has not opened yet; it is for 1 student.")
    ]
    clock.move_to(work.closes_at)
    line = desk.get(url()).context["page"].assignments[0]
    assert (line.state, line.sentence) == (
        "closed",
        "0 of 1 have reached the pass mark; 1 is still being worked out.",
    )
    desk.get(url(f"assignments/{work.pk}/"))
    assert (
        desk.get(url()).context["page"].assignments[0].sentence == "0 of 1 have reached the pass mark; 1 has not begun."
    )


def test_an_assistant_looks_and_finds_no_way_to_change(signed_in, assistant, url, work):
    web = signed_in(assistant)
    said = web.get(url(f"assignments/{work.pk}/")).content.decode()
    for way in ("edit/", "publish/", "delete/"):
        assert way not in said
        assert web.post(url(f"assignments/{work.pk}/{way}")).status_code == 404
    assert "assignments/new/" not in web.get(url()).content.decode()
    assert web.post(url("assignments/new/"), FORM).status_code == 404


def test_the_table_narrows_to_a_group_and_the_sentence_stays_that_of_all(desk, url, work, ada, klass):
    join(klass, username="zed")
    group = create_group(cohort=klass, name="Monday")
    fill_group(group=group, user_ids=[ada.pk], shown=[])
    page = desk.get(url(f"assignments/{work.pk}/?group={group.pk}")).context["page"]
    assert [row.name for row in page.table.rows] == ["ada"]
    assert page.sentence == "It has not opened yet; it is for 2 students."
    page = desk.get(url(f"assignments/{work.pk}/?group=0")).context["page"]
    assert [row.name for row in page.table.rows] == ["zed"]
