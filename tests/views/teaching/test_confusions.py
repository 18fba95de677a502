"""The page of what a class takes for each other, and giving it a pair there."""

import pytest
from django.utils import timezone

from quizzes.models import ClassConfusion, ClassContrast, ContrastAnswer, Fact
from quizzes.services.teaching.classes import archive_class
from quizzes.services.teaching.contrasting import give_contrast
from tests.classes import class_of, join
from tests.factories import NOW, FactFactory
from tests.study import DAY


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def page_of(desk, url):
    return desk.get(url("confusions/")).context["page"]


def fact(code):
    return Fact.objects.get(code=code, deck__slug="elements")


def confused(klass, asked, chosen, times, shown, students=3):
    ClassConfusion.objects.create(
        cohort=klass, asked=fact(asked), taken_for=fact(chosen), shown=shown, times=times, students=students
    )


@pytest.fixture
def pairs(klass):
    """Iron and copper are confused both ways, silicon is taken for iodine now and then; one pair is of too few."""
    confused(klass, "uses/1", "uses/2", 14, 40, 9)
    confused(klass, "uses/2", "uses/1", 9, 40, 4)
    confused(klass, "uses/4", "uses/5", 2, 30, 2)
    confused(klass, "uses/6", "uses/7", 5, 9, 2)
    return klass


def test_it_begins_with_the_pair_that_is_confused_most(desk, url, pairs):
    text = html(desk.get(url("confusions/")))
    said = "“iron” and “copper” are taken for each other most: 23 of 80 answers, by 9 students or more."
    assert said in text
    page = page_of(desk, url)
    assert [one.names for one in page.pairs] == ["iron and copper", "silicon and iodine"]
    assert text.index(said) < text.index("<svg") < text.index('class="mixed"')


def test_each_way_stands_with_its_count_share_and_interval(desk, url, pairs):
    there, back = page_of(desk, url).pairs[0].ways
    assert (there.said, there.count, there.share) == ("iron, taken for copper", "14 of 40", "35 %")
    assert (back.said, back.count, back.share) == ("copper, taken for iron", "9 of 40", "22 %")
    assert there.interval == "22–50 %"


def test_a_way_of_too_few_answers_has_no_share(desk, url, klass):
    confused(klass, "uses/1", "uses/2", 3, 7)
    confused(klass, "uses/2", "uses/1", 3, 8)
    ways = page_of(desk, url).pairs[0].ways
    assert [(one.told, one.share, one.count) for one in ways] == [(False, "", "3 of 7"), (False, "", "3 of 8")]
    assert html(desk.get(url("confusions/"))).count("not enough answers yet") == 2


def test_a_pair_confused_one_way_only_is_said_so(desk, url, klass):
    confused(klass, "uses/4", "uses/5", 6, 30, 5)
    confused(klass, "uses/5", "uses/4", 0, 30, 0)
    page = page_of(desk, url)
    assert page.sentence == "“silicon” is taken for “iodine” most: 6 of 60 answers, by 5 students"


def test_without_students_without_counts_and_without_pairs_it_says_what_will_stand_there(desk, url, klass, deck, ivy):
    empty = class_of(deck, ivy)
    assert "No students yet" in html(desk.get(f"/classes/{empty.pk}/confusions/"))
    assert "have not been counted yet" in html(desk.get(url("confusions/")))


def test_one_click_gives_the_class_the_pair(desk, url, pairs, ivy):
    form = {"asked": fact("uses/1").pk, "taken_for": fact("uses/2").pk}
    text = html(desk.post(url("confusions/give/"), form, follow=True))
    kept = ClassContrast.objects.get()
    assert (kept.cohort, kept.given_by) == (pairs, ivy)
    assert (kept.ends_on - timezone.now().date()).days in (13, 14, 15)
    assert "answered by 0 of 1 student" in text
    assert "The class has this pair now." in text
    desk.post(url("confusions/give/"), form)
    assert ClassContrast.objects.count() == 1


def test_a_pair_that_cannot_be_asked_has_its_reason_instead_of_a_button(desk, url, klass):
    confused(klass, "gases/1", "gases/2", 14, 40, 9)
    assert "would be right too" in page_of(desk, url).pairs[0].refusal
    assert "confusions/give/" not in html(desk.get(url("confusions/")))
    form = {"asked": fact("gases/1").pk, "taken_for": fact("gases/2").pk}
    assert "This pair cannot be given: " in html(desk.post(url("confusions/give/"), form, follow=True))


def test_facts_of_other_decks_are_not_found(desk, url, klass):
    form = {"asked": fact("uses/1").pk, "taken_for": FactFactory().pk}
    assert desk.post(url("confusions/give/"), form).status_code == 404
    for nonsense in ("", "x", "9" * 30, "²"):
        form = {"asked": fact("uses/1").pk, "taken_for": nonsense}
        assert desk.post(url("confusions/give/"), form).status_code == 404


def test_who_may_only_look_sees_no_buttons_and_gives_nothing(signed_in, assistant, url, pairs):
    web = signed_in(assistant)
    assert "confusions/give/" not in html(web.get(url("confusions/")))
    form = {"asked": fact("uses/1").pk, "taken_for": fact("uses/2").pk}
    assert web.post(url("confusions/give/"), form).status_code == 404
    assert not ClassContrast.objects.exists()


def test_nothing_is_given_to_a_class_in_the_archive(desk, url, pairs):
    archive_class(cohort=pairs, now=NOW)
    assert "confusions/give/" not in html(desk.get(url("confusions/")))
    form = {"asked": fact("uses/1").pk, "taken_for": fact("uses/2").pk}
    assert "is in the archive" in html(desk.post(url("confusions/give/"), form, follow=True))
    assert not ClassContrast.objects.exists()


@pytest.fixture
def given(klass, ivy):
    now = timezone.now()
    about = {"cohort": klass, "asked": fact("uses/1"), "taken_for": fact("uses/2"), "by": ivy, "now": now}
    return give_contrast(**about, ends_on=(now + 14 * DAY).date())


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([], "answered by 0 of 1 student"),
        ([True, False], "answered by 2 of 3 students: 1 right; too few to give a share"),
        ([True] * 9 + [False], "answered by 10 of 11 students: 90 % right (60–98 %, n 10); guessing gives 50 %"),
    ],
)
def test_it_says_how_many_have_answered_and_how_it_went(desk, url, klass, given, answers, said):
    for right in answers:
        ContrastAnswer.objects.create(user=join(klass), contrast=given, seq=1, correct=right, answered_at=NOW)
    assert said in html(desk.get(url("confusions/")))


def test_it_can_be_withdrawn_and_what_was_answered_stays(desk, url, klass, given):
    ContrastAnswer.objects.create(user=join(klass), contrast=given, seq=1, correct=True, answered_at=NOW)
    text = html(desk.post(url(f"confusions/{given.pk}/withdraw/"), follow=True))
    assert "Withdrawn." in text
    assert "1 right" in text
    given.refresh_from_db()
    assert given.withdrawn_at is not None
    assert f"confusions/{given.pk}/withdraw/" not in text


def test_it_asks_the_database_as_often_however_many_pairs_there_are(desk, url, pairs, given, django_assert_num_queries):
    desk.get(url("confusions/"))
    with django_assert_num_queries(14):
        desk.get(url("confusions/"))
    for number in range(3, 9):
        for other in range(3, 9):
            if number != other and {number, other} not in ({4, 5}, {6, 7}):
                confused(pairs, f"uses/{number}", f"uses/{other}", number, 50)
        join(pairs)
    with django_assert_num_queries(14):
        desk.get(url("confusions/"))
