import csv
import io
import re

import pytest

from quizzes.models import Cohort, Profile, User
from quizzes.services.teaching.classes import archive_class
from quizzes.services.teaching.due_work import count_due_work
from tests.classes import GASES, USES, answer, class_of, join, know
from tests.factories import NOW
from tests.study import DAY, IRON, hurry, practise


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def page_of(response):
    return response.context["page"]


def test_the_list_says_of_each_class_what_matters(desk, klass, deck):
    know(join(klass), USES, days_ago=2)
    class_of(deck, klass.enrolments.get(role="instructor").user, name="Empty class")
    page = page_of(desk.get("/classes/"))
    assert [one.name for one in page.taught] == ["Anatomy 1", "Empty class"]
    assert page.taught[0].sentence.startswith("2 students · 1 studied this week · weakest section: elements, ")
    assert page.taught[1].sentence == "no students yet"


def test_archived_classes_stand_apart(desk, klass):
    archive_class(cohort=klass, now=NOW)
    page = page_of(desk.get("/classes/"))
    assert [one.name for one in page.archived] == ["Anatomy 1"]
    assert not page.taught


def test_an_admin_sees_the_classes_of_others_too(signed_in, boss, klass):
    page = page_of(signed_in(boss).get("/classes/"))
    assert ([one.name for one in page.others], page.taught) == (["Anatomy 1"], [])


def test_a_student_sees_their_classes_and_a_field_for_a_code(signed_in, ada, klass):
    response = signed_in(ada).get("/classes/")
    page = page_of(response)
    assert [(one.name, one.instructors) for one in page.own] == [("Anatomy 1", "ivy")]
    assert not page.teaches
    assert 'action="/join/"' in html(response)
    assert "New class" not in html(response)


def test_somebody_new_is_told_what_a_code_is(signed_in, max):
    assert "You are in no class" in html(signed_in(max).get("/classes/"))


def test_a_class_without_students_shows_its_code_first(desk, ivy, deck):
    empty = class_of(deck, ivy, join_code="XYZ347")
    text = html(desk.get(f"/classes/{empty.pk}/"))
    assert "No students yet" in text
    assert "XYZ-347" in text
    assert "<table" not in text


def test_a_class_opens_with_the_sentence_then_the_picture_then_the_table(desk, klass, url, deck):
    busy = join(klass)
    know(busy, USES, days_ago=1)
    text = html(desk.get(url()))
    sentence, picture, table = (
        text.index(part) for part in ("1 of 2 has not studied this week", "<svg", 'class="heat"')
    )
    assert sentence < picture < table
    assert "weakest section: elements" in text
    assert 'href="?show=away"' in text


def test_too_few_answers_are_called_so(desk, deck, ivy):
    klass = class_of(deck, ivy)
    answer(join(klass), USES[:2], days_ago=1)
    text = html(desk.get(f"/classes/{klass.pk}/"))
    assert "not enough answers yet to name the weakest section" in text
    assert "Not enough answers yet: elements, gases." in text


def test_the_table_is_sorted_and_filtered_by_its_address(desk, klass, url):
    answer(join(klass, username="zoe"), USES, days_ago=1)
    answer(join(klass, username="bob"), USES[:1], days_ago=2)

    def names(query):
        return [row.name for row in page_of(desk.get(url(query))).table.rows]

    assert names("") == ["ada", "bob", "zoe"]
    assert names("?sort=-seen") == ["zoe", "bob", "ada"]
    assert names("?show=away") == ["ada"]
    assert names("?q=zo") == ["zoe"]
    assert names("?sort=nonsense&page=x&show=nonsense") == ["ada", "bob", "zoe"]
    assert "Nobody in this class fits" in html(desk.get(url("?q=nobody")))
    assert 'aria-sort="descending"' in html(desk.get(url("?sort=-seen&view=days")))


def test_names_are_escaped(desk, klass, url):
    User.objects.filter(username="ada").update(first_name="<b>Ada", last_name="& Co</b>")
    assert "&lt;b&gt;Ada &amp; Co&lt;/b&gt;" in html(desk.get(url()))


def test_a_students_page_tells_their_days_memory_and_hardest_facts(desk, ada_url):
    response = desk.get(ada_url)
    page = page_of(response)
    assert page.sentence.startswith("Studied on 0 of the last 7 days; ")
    assert "weakest section: " in page.sentence
    assert page.last_seen == "8 days ago"
    assert page.last_seen_exactly.startswith("Mon 2 Mar 2026, ")
    assert page.begun.startswith("12 of ")
    assert page.again == ""
    assert [(fact.term, fact.missed, fact.answers) for fact in page.hardest] == []
    assert page.plots[0][0].title == "Studied on 2 of the last 28 days"
    assert "No fact has been missed twice" in html(response)


def test_cards_still_being_learned_are_counted_and_left_out_of_recall(desk, klass, url):
    new = join(klass)
    answer(new, USES[:4])
    page = page_of(desk.get(url(f"students/{new.profile.public_id}/")))
    assert page.begun.endswith("; 4 of them are still being learned")
    assert "weakest section" not in page.sentence
    assert "4 cards still being learned are left out of it." in html(desk.get(url()))


def test_practice_leaves_no_trace_on_a_students_page(desk, klass, url, deck):
    new = join(klass)
    know(new, USES[:1], days_ago=5)
    student_url = url(f"students/{new.profile.public_id}/")
    before = page_of(desk.get(student_url))
    for at in range(3):
        practise(new, USES[0], right=False, now=NOW - at * DAY)
    after = page_of(desk.get(student_url))
    assert (after.last_seen_exactly, after.sentence) == (before.last_seen_exactly, before.sentence)
    assert after.plots[0][0].rows == before.plots[0][0].rows
    assert after.hardest == []


def test_what_was_too_quick_to_count_makes_no_fact_hard(desk, ada, ada_url):
    for _time in range(2):
        hurry(ada, IRON)
    assert page_of(desk.get(ada_url)).hardest == []


def test_a_fact_missed_twice_is_among_the_hardest(desk, ada, ada_url):
    answer(ada, USES[2:3], days_ago=3, right=False)
    hardest = page_of(desk.get(ada_url)).hardest
    assert [(fact.term, fact.section, fact.missed, fact.answers) for fact in hardest] == [
        ("aluminium", "elements", 2, 5)
    ]


def test_times_are_those_of_the_reader(desk, ivy, ada_url):
    utc = page_of(desk.get(ada_url)).last_seen_exactly
    Profile.objects.update_or_create(user=ivy, defaults={"time_zone": "Asia/Tokyo"})
    assert page_of(desk.get(ada_url)).last_seen_exactly != utc


def test_a_student_who_has_begun_nothing_has_a_page_too(desk, klass, url):
    new = join(klass)
    response = desk.get(url(f"students/{new.profile.public_id}/"))
    assert page_of(response).sentence == "Has not answered a card of this class yet."
    assert "<svg" not in html(response)


def test_one_card_is_said_in_the_singular(desk, klass, url):
    new = join(klass)
    answer(new, USES[:1], days_ago=3, right=False)
    page = page_of(desk.get(url(f"students/{new.profile.public_id}/")))
    assert "; 1 card due, " in page.sentence
    assert "1 review waits in the next two weeks, 1 of them today" in [
        plot.title for pair in page.plots for plot in pair
    ]


def test_the_table_comes_as_a_file_with_stable_ids(desk, klass, url, ada):
    new = join(klass, username="zoe", first_name="=cmd()", last_name="Zoe")
    Profile.objects.filter(user=new).update(external_id="S-0042")
    response = desk.get(url("table.csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="anatomy-1-2026-03-10.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode().removeprefix("\ufeff"))))
    by_id = {row["student id"]: row for row in rows}
    assert set(by_id) == {str(ada.profile.public_id), "S-0042"}
    assert by_id["S-0042"]["name"] == "'=cmd() Zoe"
    assert by_id["S-0042"]["recall"] == ""
    ada_row = by_id[str(ada.profile.public_id)]
    assert (ada_row["cards begun"], ada_row["days studied of 28"], ada_row["last study day"]) == (
        "12",
        "2",
        "2026-03-02",
    )
    assert 0 < float(ada_row["recall: elements"]) < 1


def test_the_file_and_the_page_of_a_student_tell_on_how_many_days_the_due_work_was_done(desk, klass, url, ada, ada_url):
    assert page_of(desk.get(ada_url)).worked == ""
    count_due_work(now=NOW)
    (row,) = csv.DictReader(io.StringIO(desk.get(url("table.csv")).content.decode("utf-8-sig")))
    due, done = row["days of 14 with something due"], row["days the due work was done"]
    assert 0 < int(due) < 14
    assert (
        page_of(desk.get(ada_url)).worked == f"on {done} of {due} days with something due, of the last 14 before today"
    )
    assert "Due work done" in html(desk.get(url("?view=days")))


@pytest.mark.parametrize("path", ["", "?sort=-recall", "table.csv"])
def test_a_class_of_no_decks_works(desk, klass, url, path):
    klass.decks.clear()
    assert desk.get(url(path)).status_code == 200


def test_drafts_are_hidden_from_those_who_do_not_edit(desk, klass, url, deck):
    type(deck).objects.filter(pk=deck.pk).update(status="draft")
    assert page_of(desk.get(url())).head.decks == []


def test_the_nav_leads_to_classes(desk, klass):
    assert '<a href="/classes/" aria-current="page">Classes</a>' in html(desk.get("/classes/"))


def test_a_class_in_a_name_without_letters_gives_a_file_all_the_same(desk, ivy, deck):
    klass = class_of(deck, ivy, name="医学")
    assert "class-2026" in desk.get(f"/classes/{klass.pk}/table.csv")["Content-Disposition"]
    assert Cohort.objects.get(pk=klass.pk).name == "医学"


def test_the_last_day_is_the_newest_answer_in_the_class(desk, klass, url, ada):
    answer(ada, GASES[:1], days_ago=0)
    page = page_of(desk.get(url("?view=days")))
    assert page.away == "The one student studied this week"
    assert page.table.rows[0].cells[0].text == "today"


def test_in_one_line_a_screen_reader_still_hears_interval_and_number(desk, klass):
    know(join(klass), USES, days_ago=2)
    text = html(desk.get(f"/classes/{klass.pk}/?cells=short"))
    [cell, *_others] = re.findall(r'<span class="visually-hidden">(\d+ %, 95 % interval [^<]+ cards)</span>', text)
    assert re.fullmatch(r"\d+ %, 95 % interval \d+–\d+ %, \d+ of \d+ cards", cell)
    assert f'<span aria-hidden="true" title="{cell}">' in text
    assert 'class="visually-hidden">not enough answers yet, ' in text
