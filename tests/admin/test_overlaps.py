import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Card, Fact, Overlap, Section
from tests.admin.forms import address, faults, row, save, send
from tests.factories import NOW, elements
from tests.people import person
from tests.study import IRON


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def iron(deck):
    return Fact.objects.get(code="uses/1")


@pytest.fixture
def copper(deck):
    return Fact.objects.get(code="uses/2")


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


@pytest.fixture
def judged(iron, copper):
    """A verdict of another editor on offering copper when iron is asked."""
    about = {"asked": iron, "offered": copper, "direction": "purpose_to_term"}
    return Overlap.objects.create(
        **about, verdict="right", reason="Both are metals.", judged_by=person("nina", "editor"), judged_at=NOW
    )


def verdict(**fields):
    return {"verdict": "right", "reason": "Both are metals.", **fields}


def add(number, **fields):
    return row("overlaps", number, **verdict(**fields))


def add_section(number, **fields):
    return row("offered_in", number, **verdict(**fields))


def test_an_editor_judges_a_pair(editor, iron, copper, eve):
    save(editor, address(Fact, iron.pk), **add(0, offered=copper.pk, direction="purpose_to_term"))
    overlap = Overlap.objects.get()
    assert (overlap.asked, overlap.offered, overlap.direction) == (iron, copper, "purpose_to_term")
    assert (overlap.verdict, overlap.reason, overlap.judged_by) == ("right", "Both are metals.", eve)
    assert abs(timezone.now() - overlap.judged_at).total_seconds() < 60
    assert "“copper” (uses/2)" in Card.objects.get(key=IRON).recall_refusal


def test_a_pair_is_judged_for_every_question_if_none_is_chosen(editor, iron, copper):
    save(editor, address(Fact, iron.pk), **add(0, offered=copper.pk))
    assert Overlap.objects.get().direction == ""


def test_a_new_fact_is_judged_after_its_first_save_and_says_so(editor, deck, iron):
    page, uses = address(Fact, kind="add"), iron.section
    new = editor.get(page)
    assert new.context["inline_admin_formsets"] == []
    assert "is judged after the first save" in new.content.decode()
    save(editor, page, section=uses.pk, term="gold", purpose="to make rings")
    save(editor, address(Fact, Fact.objects.get(term="gold").pk), **add(0, offered=iron.pk))
    assert Overlap.objects.get().asked.code == "uses/9"


def test_a_changed_verdict_is_the_editors_own(editor, judged, eve):
    save(editor, address(Fact, judged.asked.pk), **{"overlaps-0-verdict": "distinct"})
    judged.refresh_from_db()
    assert (judged.verdict, judged.judged_by) == ("distinct", eve)
    assert judged.judged_at > NOW


def test_a_verdict_that_was_not_touched_stays_with_whoever_judged_it(editor, judged, copper):
    before = Overlap.objects.values().get()
    save(editor, address(Fact, judged.asked.pk), **add(1, offered=copper.pk, direction="term_to_purpose"))
    assert Overlap.objects.values().get(pk=judged.pk) == before
    assert Overlap.objects.count() == 2


def test_what_a_verdict_is_about_is_shown_and_stays(editor, judged):
    page = address(Fact, judged.asked.pk)
    shown = editor.get(page).content.decode()
    assert "“copper” is also right when “iron” is asked by its purpose because:" in " ".join(shown.split())
    assert '<span class="why">Both are metals.</span>' in shown
    assert "overlaps-0-offered" not in shown
    silicon = Fact.objects.get(code="uses/4")
    save(editor, page, **{"overlaps-0-offered": silicon.pk, "overlaps-0-direction": "", "overlaps-0-reason": "So."})
    judged.refresh_from_db()
    assert (judged.offered.code, judged.direction, judged.reason) == ("uses/2", "purpose_to_term", "So.")


def test_a_deleted_verdict_no_longer_keeps_a_fact_away(editor, judged):
    save(editor, address(Fact, judged.asked.pk))
    assert Card.objects.get(key=IRON).recall_refusal
    save(editor, address(Fact, judged.asked.pk), **{"overlaps-0-DELETE": "on"})
    assert not Overlap.objects.exists()
    assert Card.objects.get(key=IRON).recall_refusal == ""


def test_a_verdict_can_be_replaced_by_another_on_the_same_pair(editor, judged, copper):
    again = add(1, offered=copper.pk, direction="purpose_to_term", verdict="distinct")
    save(editor, address(Fact, judged.asked.pk), **{"overlaps-0-DELETE": "on"}, **again)
    assert Overlap.objects.get().verdict == "distinct"


def test_a_verdict_needs_a_reason(editor, iron, copper):
    response = send(editor, address(Fact, iron.pk), **add(0, offered=copper.pk, reason=" "))
    assert faults(response) == {"reason": ["Say in a few words why."]}
    assert not Overlap.objects.exists()


def test_a_fact_is_not_compared_with_itself(editor, iron):
    response = send(editor, address(Fact, iron.pk), **add(0, offered=iron.pk))
    assert faults(response) == {"offered": ["A fact is not compared with itself: choose another one."]}


def test_facts_of_two_decks_are_not_compared(editor, iron):
    elsewhere = elements(slug="more-elements").facts.last()
    response = send(editor, address(Fact, iron.pk), **add(0, offered=elsewhere.pk))
    assert faults(response) == {"offered": ["Choose one of the same deck: “Chemical elements”."]}


def test_a_pair_that_was_judged_is_not_judged_again_in_a_second_row(editor, judged, copper):
    twice = add(1, offered=copper.pk, direction="purpose_to_term")
    response = send(editor, address(Fact, judged.asked.pk), **twice)
    assert faults(response) == {"offered": ["This is judged twice: keep one row and change its verdict there."]}


def test_a_pair_is_not_judged_in_two_new_rows(editor, iron, copper):
    response = send(editor, address(Fact, iron.pk), **add(0, offered=copper.pk) | add(1, offered=copper.pk))
    assert faults(response) == {"offered": ["This is judged twice: keep one row and change its verdict there."]}
    assert not Overlap.objects.exists()


@pytest.mark.parametrize("direction", ["membership", "not_member", "sideways"])
def test_a_pair_of_facts_is_not_judged_for_questions_about_sections(editor, iron, copper, direction):
    response = send(editor, address(Fact, iron.pk), **add(0, offered=copper.pk, direction=direction))
    assert "Select a valid choice" in faults(response)["direction"][0]


def test_an_editor_judges_whether_a_fact_belongs_to_another_section(editor, iron, eve):
    gases = Section.objects.get(slug="gases")
    save(editor, address(Fact, iron.pk), **add_section(0, asked_section=gases.pk))
    overlap = Overlap.objects.get()
    assert (overlap.asked, overlap.asked_section, overlap.offered) == (None, gases, iron)
    assert (overlap.direction, overlap.verdict, overlap.judged_by) == ("membership", "right", eve)


def test_a_verdict_on_a_section_can_be_changed(editor, iron):
    gases = Section.objects.get(slug="gases")
    Overlap.objects.create(asked_section=gases, offered=iron, direction="membership", verdict="right", reason="Vapour.")
    save(editor, address(Fact, iron.pk), **{"offered_in-0-verdict": "arguable"})
    overlap = Overlap.objects.get()
    assert (overlap.verdict, overlap.asked_section, overlap.direction) == ("arguable", gases, "membership")


def test_a_section_is_judged_once(editor, iron):
    gases = Section.objects.get(slug="gases")
    twice = add_section(0, asked_section=gases.pk) | add_section(1, asked_section=gases.pk)
    response = send(editor, address(Fact, iron.pk), **twice)
    assert faults(response) == {"asked_section": ["This is judged twice: keep one row and change its verdict there."]}


def test_a_fact_is_judged_for_other_sections_of_its_deck_only(editor, iron):
    elements(slug="more-elements")
    formset = editor.get(address(Fact, iron.pk)).context["inline_admin_formsets"][1].formset
    assert [section.slug for section in formset.empty_form.fields["asked_section"].queryset] == ["gases"]
    assert formset.empty_form.fields["asked_section"].queryset.get().deck == iron.deck


def test_a_form_with_many_verdicts_takes_few_queries(editor, iron, django_assert_max_num_queries):
    others = Fact.objects.filter(section=iron.section).exclude(pk=iron.pk)
    directions = ("purpose_to_term", "term_to_purpose")
    rows = [
        Overlap(asked=iron, offered=o, direction=d, verdict="distinct", reason="No.")
        for o in others
        for d in directions
    ]
    Overlap.objects.bulk_create(rows)
    with django_assert_max_num_queries(30):
        assert editor.get(address(Fact, iron.pk)).status_code == 200


def test_facts_are_found_to_be_judged(editor, iron):
    query = {"app_label": "quizzes", "model_name": "overlap", "field_name": "offered", "term": "bridges"}
    found = editor.get(reverse("admin:autocomplete"), query).json()["results"]
    assert found == [{"id": str(iron.pk), "text": f"iron ({iron.code})"}]


def test_what_is_called_so_is_found_before_what_only_mentions_it(editor, iron):
    copper = Fact.objects.get(code="uses/2")
    Fact.objects.filter(pk=iron.pk).update(purpose="to replace copper in wires")
    query = {"app_label": "quizzes", "model_name": "overlap", "field_name": "offered", "term": "copper"}
    found = editor.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [one["text"] for one in found] == [f"copper ({copper.code})", f"iron ({iron.code})"]


def test_verdicts_have_no_page_of_their_own():
    assert not admin.site.is_registered(Overlap)
