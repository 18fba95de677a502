from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.utils import timezone

from quizzes.admin.content.facts import FactAdmin
from quizzes.models import Card, Deck, Fact, FactVersion, Section
from quizzes.services.content.facts import set_status
from tests.admin.forms import address, faults, save, send, told
from tests.factories import FactFactory, ReportFactory, UserFactory, elements, keep
from tests.people import person
from tests.study import COPPER, IRON, USE_OF_IRON, begin, memory, rate

QUERIES_OF_THE_LIST = 12


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def iron(deck):
    return Fact.objects.get(code="uses/1")


@pytest.fixture
def editor(client, eve):
    client.force_login(eve)
    return client


@pytest.fixture
def student(ada, deck):
    return begin(ada, deck)


def new(editor, **fields):
    """Add a fact of the section of uses; returns the response."""
    section = Section.objects.get(slug="uses")
    return send(editor, address(Fact, kind="add"), **{"section": section.pk, "term": "gold", **fields})


def choose(editor, action, *facts, **fields):
    """Choose facts in the list and an action for them."""
    return editor.post(address(Fact), {"action": action, "_selected_action": [fact.pk for fact in facts], **fields})


def history(fact):
    return [entry.get_change_message() for entry in LogEntry.objects.filter(object_id=str(fact.pk)).order_by("pk")]


def test_a_new_fact_gets_a_code_a_place_a_version_and_cards(editor, deck, eve):
    response = new(editor, purpose="to make rings", examples="coins\n teeth \n\ncoins", tags="noble")
    assert response.status_code == 302
    gold = Fact.objects.get(term="gold")
    assert (gold.code, gold.position, gold.deck, gold.version) == ("uses/9", 9, deck, 1)
    assert (gold.examples, gold.tags, gold.aliases) == (["coins", "teeth"], ["noble"], [])
    version = FactVersion.objects.get(fact=gold)
    assert (version.change, version.created_by, version.content["purpose"]) == ("first", eve, "to make rings")
    assert abs(timezone.now() - version.created_at).total_seconds() < 60
    assert set(gold.cards.values_list("status", flat=True)) == {"active"}
    assert gold.cards.count() == 2


def test_a_new_fact_can_be_put_between_others(editor, deck):
    new(editor, position="0")
    assert [fact.term for fact in Fact.objects.all()[:2]] == ["gold", "iron"]


def test_the_form_of_a_new_fact_asks_for_nothing_that_comes_later(editor, deck):
    fields = editor.get(address(Fact, kind="add")).context["adminform"]
    names = {name for _title, options in fields.fieldsets for name in options["fields"]}
    assert {"code", "questions", "change"}.isdisjoint(names)
    assert {"section", "term", "purpose"} <= names


def test_a_number_is_not_given_twice(editor, deck):
    new(editor)
    choose(editor, "delete_selected", Fact.objects.get(term="gold"), post="yes")
    new(editor, term="silver")
    assert Fact.objects.get(term="silver").code == "uses/10"


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"term": " "}, "term", "This field is required."),
        ({"section": ""}, "section", "This field is required."),
        ({"position": "-1"}, "position", "Ensure this value is greater than or equal to 0."),
        (
            {"examples": "x" * 121},
            "examples",
            "“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” has 121 characters: shorten it to 120,",
        ),
        ({"aliases": "ok\n" + "y" * 130}, "aliases", "“yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…” has 130 characters: shorten"),
        ({"checked_on": "soon"}, "checked_on", "Enter a valid date."),
    ],
)
def test_a_fault_is_told_at_its_field_with_its_remedy(editor, deck, fields, field, message):
    response = new(editor, **fields)
    found = faults(response)
    assert list(found) == [field]
    assert found[field][0].startswith(message)
    assert Fact.objects.count() == 12
    assert Deck.objects.get().last_numbers == deck.last_numbers


def test_lists_are_shown_one_a_line(editor, deck):
    form = editor.get(address(Fact, Fact.objects.get(code="uses/2").pk)).context["adminform"].form
    assert form["examples"].value() == "brass\nbronze"
    assert form["never_accept"].value() == ""


def test_saving_without_a_change_writes_no_version(editor, iron):
    before = Fact.objects.values().get(pk=iron.pk)
    save(editor, address(Fact, iron.pk))
    assert Fact.objects.values().get(pk=iron.pk) == before
    assert FactVersion.objects.filter(fact=iron).count() == 1


def test_a_change_of_wording_is_a_version_of_the_same_meaning(editor, iron, eve):
    save(editor, address(Fact, iron.pk), purpose="to build bridges")
    iron.refresh_from_db()
    assert (iron.version, iron.meaning_version, iron.purpose) == (2, 1, "to build bridges")
    assert FactVersion.objects.get(fact=iron, number=2).created_by == eve


def test_a_change_of_meaning_is_said_to_be_one(editor, iron, student):
    rate(student, IRON, 3)
    save(editor, address(Fact, iron.pk), purpose="to colour blood red", change="meaning")
    iron.refresh_from_db()
    assert (iron.version, iron.meaning_version) == (2, 2)
    assert FactVersion.objects.get(fact=iron, number=2).change == "meaning"


def test_the_code_is_shown_and_not_to_be_changed(editor, iron):
    assert "uses/1" in editor.get(address(Fact, iron.pk)).content.decode()
    save(editor, address(Fact, iron.pk), code="uses/99", version=7)
    iron.refresh_from_db()
    assert (iron.code, iron.version) == ("uses/1", 1)


def test_what_is_typed_into_a_fact_is_text_on_every_page(editor, iron):
    save(editor, address(Fact, iron.pk), term="<b>iron</b>", purpose="to <i>build</i>")
    for page in (address(Fact), address(Fact, iron.pk), address(Fact, iron.pk, kind="delete")):
        shown = editor.get(page).content.decode()
        assert "&lt;b&gt;iron" in shown
        assert "<b>iron" not in shown
        assert "<i>build" not in shown


def test_moving_a_fact_keeps_its_code_and_cards(editor, iron):
    ids = set(iron.cards.values_list("pk", flat=True))
    gases = Section.objects.get(slug="gases")
    save(editor, address(Fact, iron.pk), section=gases.pk)
    iron.refresh_from_db()
    assert (iron.section, iron.code) == (gases, "uses/1")
    assert ids < set(iron.cards.values_list("pk", flat=True))
    assert "uses/1, now in gases" in editor.get(address(Fact)).content.decode()


def test_a_fact_stays_in_its_deck(editor, iron):
    elements(slug="more-elements")
    elsewhere = Section.objects.get(deck__slug="more-elements", slug="uses")
    response = send(editor, address(Fact, iron.pk), section=elsewhere.pk)
    assert faults(response) == {"section": ["A fact stays in its deck: choose a section of “Chemical elements”."]}


def test_sections_are_offered_with_their_deck(editor, iron):
    elements(slug="more-elements", title="More elements")
    new_fact = editor.get(address(Fact, kind="add")).content.decode()
    assert "Chemical elements: gases" in new_fact
    assert "More elements: gases" in new_fact
    assert "More elements: gases" not in editor.get(address(Fact, iron.pk)).content.decode()


def test_whoever_checks_a_fact_is_noted(editor, iron, eve):
    save(editor, address(Fact, iron.pk), check_status="checked")
    iron.refresh_from_db()
    assert (iron.check_status, iron.checker, iron.checked_on) == ("checked", eve, timezone.localdate())


def test_somebody_else_can_be_named_as_checker(editor, iron):
    nina = person("nina", "editor")
    save(editor, address(Fact, iron.pk), check_status="doubtful", checker=nina.pk, checked_on="2026-03-01")
    iron.refresh_from_db()
    assert (iron.checker, str(iron.checked_on)) == (nina, "2026-03-01")


def test_a_fact_that_is_unchecked_again_has_no_checker(editor, iron):
    save(editor, address(Fact, iron.pk), check_status="checked")
    save(editor, address(Fact, iron.pk), check_status="unchecked")
    iron.refresh_from_db()
    assert (iron.checker, iron.checked_on) == (None, None)


def test_an_edit_of_something_else_keeps_the_checker(editor, iron):
    nina = person("nina", "editor")
    Fact.objects.filter(pk=iron.pk).update(check_status="checked", checker=nina, checked_on="2026-03-01")
    save(editor, address(Fact, iron.pk), explanation="Iron rusts.")
    iron.refresh_from_db()
    assert (iron.checker, str(iron.checked_on)) == (nina, "2026-03-01")


def test_only_editors_are_offered_as_checkers(editor, iron, eve, ada):
    form = editor.get(address(Fact, iron.pk)).context["adminform"].form
    assert list(form.fields["checker"].queryset) == [eve]


def test_what_others_wrote_while_an_editor_was_saving_stays(iron, eve):
    stale = Fact.objects.get(pk=iron.pk)
    Fact.objects.filter(pk=iron.pk).update(explanation="Iron rusts.")
    keep(iron.deck)
    request = RequestFactory().post("/")
    request.user = eve
    page = FactAdmin(Fact, admin.site)
    form_class = page.get_form(request, stale)
    data = {
        **form_class(instance=stale).initial,
        "purpose": "to build bridges",
        "aliases": "ferrum",
        "examples": "steel",
    }
    form = form_class({name: value for name, value in data.items() if value is not None}, instance=stale)
    assert form.is_valid(), form.errors
    page.save_model(request, form.instance, form, change=True)
    iron.refresh_from_db()
    assert (iron.purpose, iron.explanation, iron.version) == ("to build bridges", "Iron rusts.", 2)


def test_a_fact_nobody_studied_is_deleted(editor, iron):
    page = address(Fact, iron.pk, kind="delete")
    assert "studied" not in editor.get(page).content.decode()
    response = editor.post(page, {"post": "yes"})
    assert told(response) == ["The fact “iron” was deleted successfully."]
    assert not Fact.objects.filter(code="uses/1").exists()
    assert not Card.objects.filter(key__startswith="uses/1/").exists()


def test_a_fact_somebody_studied_is_retired_and_the_editor_is_told(editor, iron, student):
    rate(student, IRON, 3)
    kept, page = memory(student, IRON), address(Fact, iron.pk, kind="delete")
    assert (
        "iron (has been studied or shown to a student, so it is retired instead)" in editor.get(page).content.decode()
    )
    response = editor.post(page, {"post": "yes"})
    assert told(response) == [
        "“iron” has been studied or shown to a student, so it was retired: memories and history stay."
    ]
    iron.refresh_from_db()
    assert iron.status == Fact.Status.RETIRED
    assert set(iron.cards.values_list("status", flat=True)) == {"retired"}
    assert memory(student, IRON) == kept
    assert history(iron) == ["Retired."]


def test_several_facts_are_deleted_or_retired_after_a_second_look(editor, iron, student):
    rate(student, USE_OF_IRON, 3)
    helium = Fact.objects.get(code="gases/1")
    look = choose(editor, "delete_selected", iron, helium).content.decode()
    assert "iron (has been studied or shown to a student, so it is retired instead)" in look
    assert Fact.objects.filter(status="active").count() == 12
    response = choose(editor, "delete_selected", iron, helium, post="yes")
    assert told(response) == ["Deleted: 1. Retired, because they have been studied or shown: 1."]
    assert set(Fact.objects.filter(code__in=["uses/1", "gases/1"]).values_list("code", "status")) == {
        ("uses/1", "retired")
    }


def test_chosen_facts_are_retired_and_brought_back(editor, iron):
    copper = Fact.objects.get(code="uses/2")
    assert told(choose(editor, "retire", iron, copper)) == ["2 facts changed."]
    assert set(Card.objects.filter(fact__in=[iron, copper]).values_list("status", flat=True)) == {"retired"}
    assert told(choose(editor, "bring_back", iron))[-1] == "1 fact changed."
    assert set(Card.objects.filter(fact=iron).values_list("status", flat=True)) == {"active"}
    assert history(iron) == ["Retired.", "Brought back."]
    assert history(copper) == ["Retired."]


def test_somebody_who_may_only_look_retires_and_deletes_nothing(client, iron):
    kim = UserFactory(is_staff=True)
    kim.user_permissions.add(Permission.objects.get(codename="view_fact"))
    client.force_login(kim)
    assert client.get(address(Fact, iron.pk)).status_code == 200
    choose(client, "retire", iron)
    choose(client, "delete_selected", iron, post="yes")
    assert Fact.objects.get(pk=iron.pk).status == "active"


def test_the_list_shows_state_and_refused_cards(editor, iron, deck):
    Card.objects.filter(key=IRON).update(status="refused")
    set_status(facts=[Fact.objects.get(code="gases/4")], status="retired")
    Card.objects.filter(key=IRON).update(status="refused")
    page = editor.get(address(Fact)).content.decode()
    assert "1, 1 refused" in page
    assert '<td class="field-state">retired</td>' in page
    assert '<td class="field-state">unchecked</td>' in page


@pytest.mark.parametrize(("words", "codes"), [("iro", ["uses/1"]), ("bridges", ["uses/1"]), ("gold", [])])
def test_facts_are_found_by_what_they_say(editor, deck, words, codes):
    assert [fact.code for fact in editor.get(address(Fact), {"q": words}).context["cl"].result_list] == codes


def test_the_list_takes_the_same_queries_for_any_number_of_facts(editor, deck, django_assert_num_queries):
    section = Section.objects.get(slug="gases")
    editor.get(address(Fact))
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        editor.get(address(Fact))
    for number in range(30):
        FactFactory(section=section, term=f"gas {number}")
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        assert editor.get(address(Fact)).context["cl"].result_count == 42


def test_a_change_of_what_somebody_has_learned_is_not_saved_before_its_kind_is_said(editor, iron, student):
    rate(student, IRON, 3)
    page = editor.get(address(Fact, iron.pk)).content.decode()
    assert "It comes back today to the one student who has learned it." in page
    assert 'type="radio" name="change" value="wording"' in page
    assert "checked" not in page.partition('name="change" value="wording"')[2].partition(">")[0]
    response = send(editor, address(Fact, iron.pk), purpose="to build towers")
    assert faults(response) == {
        "change": ["Say whether this changes the wording or the meaning: somebody has learned the fact."]
    }
    iron.refresh_from_db()
    assert iron.purpose == "to build bridges and rails"
    save(editor, address(Fact, iron.pk), purpose="to build towers", change="wording")
    iron.refresh_from_db()
    assert (iron.version, iron.meaning_version) == (2, 1)


def test_what_is_not_said_by_the_fact_changes_without_that_question(editor, iron, student):
    rate(student, IRON, 3)
    save(editor, address(Fact, iron.pk), check_status="checked", position=5, recheck_on="2027-01-01")
    iron.refresh_from_db()
    assert (iron.check_status, iron.version) == ("checked", 1)


def test_the_question_is_not_asked_while_nobody_has_learned_the_fact(editor, iron, student):
    rate(student, COPPER, 3)
    form = editor.get(address(Fact, iron.pk)).context["adminform"].form
    assert "change" not in form.fields
    save(editor, address(Fact, iron.pk), purpose="to build towers", change="meaning")
    iron.refresh_from_db()
    assert (iron.version, iron.meaning_version) == (2, 1)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"questions": "refused"}, ["uses/1"]),
        ({"questions": "partly"}, ["uses/1", "uses/2"]),
        ({"questions": "warned"}, ["uses/3"]),
        ({"questions": "none"}, ["uses/4"]),
        ({"recheck": "due"}, ["uses/5"]),
        ({"recheck": "planned"}, ["uses/6"]),
        ({"caution": "yes"}, ["uses/3"]),
        ({"caution": "no", "check_status__exact": "checked"}, ["uses/7"]),
        ({"status__exact": "retired"}, ["uses/8"]),
    ],
)
def test_the_list_is_narrowed_to_what_needs_work(editor, deck, query, codes):
    today = timezone.localdate()
    Fact.objects.filter(code="uses/3").update(caution="Doubtful.")
    for code, days in {"uses/5": 0, "uses/6": 1}.items():
        Fact.objects.filter(code=code).update(recheck_on=today + timedelta(days=days))
    Fact.objects.filter(code="uses/7").update(check_status="checked")
    Fact.objects.filter(code="uses/8").update(status="retired")
    keep(deck)
    Card.objects.filter(key=IRON).update(status="refused", choice_refusal="no", recall_refusal="no")
    Card.objects.filter(key=COPPER).update(choice_refusal="too few")
    Card.objects.filter(fact__code="uses/4").update(status="retired")
    assert [fact.code for fact in editor.get(address(Fact), query).context["cl"].result_list] == codes


def test_the_list_is_narrowed_to_a_section_of_the_deck_chosen(editor, deck):
    other = elements(slug="more-elements", title="More elements")
    gases = deck.sections.get(slug="gases")
    both = editor.get(address(Fact)).content.decode()
    assert "More elements: gases" in both
    page = editor.get(address(Fact), {"deck__id__exact": deck.pk, "section__id__exact": gases.pk})
    assert page.context["cl"].result_count == 4
    assert "More elements: gases" not in page.content.decode()
    assert other.facts.count() == 12


def test_the_state_of_the_deck_stands_on_top_of_its_facts(editor, deck):
    elements(slug="more-elements", title="More elements")
    Fact.objects.filter(deck=deck, code__in=["uses/1", "uses/2"]).update(check_status="checked")
    (review,) = editor.get(address(Fact), {"deck__id__exact": deck.pk}).context["reviews"]
    assert (review.deck, review.checked, review.unchecked) == (deck, 2, 10)
    assert len(editor.get(address(Fact)).context["reviews"]) == 2


def test_warnings_and_open_reports_stand_in_the_list(editor, iron, deck):
    Fact.objects.filter(pk=iron.pk).update(caution="Doubtful.")
    keep(deck)
    ReportFactory(card=Card.objects.get(key=IRON))
    ReportFactory(card=Card.objects.get(key=USE_OF_IRON), status="fixed")
    row = editor.get(address(Fact)).context["cl"].result_list[0]
    assert (row.code, row.warned, row.open_reports) == ("uses/1", 1, 1)
    page = editor.get(address(Fact)).content.decode()
    assert f'href="/admin/quizzes/problemreport/?status__exact=open&amp;fact={iron.pk}">1 open</a>' in page


def test_the_list_is_sorted_by_its_columns(editor, deck):
    titles = [str(header) for header in editor.get(address(Fact)).context["cl"].list_display]
    for number in range(1, len(titles)):
        assert editor.get(address(Fact), {"o": f"-{number}"}).status_code == 200


@pytest.mark.parametrize("value", ["²", "9" * 5000])
@pytest.mark.parametrize("name", ["section__id__exact", "deck__id__exact"])
def test_what_is_no_row_narrows_the_list_to_nothing_and_breaks_nothing(editor, deck, name, value):
    assert editor.get(address(Fact), {name: value}, follow=True).status_code == 200


@pytest.mark.parametrize("value", ["²", "9" * 5000])
def test_searching_for_a_fact_to_judge_in_no_deck_breaks_nothing(editor, deck, value):
    asked = {"app_label": "quizzes", "model_name": "overlap", "field_name": "offered", "term": "iron", "deck": value}
    assert editor.get("/admin/autocomplete/", asked).status_code == 200
