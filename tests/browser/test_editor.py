"""The editor's evening in a real browser: a fact edited beside its preview, its versions, a report, by keyboard too."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from quizzes.core.specs import Format
from quizzes.models import Card, Fact, FactVersion, Overlap, ProblemReport, Section, StudySettings
from quizzes.selectors.study.items import get_item
from quizzes.services.content.facts import bring_deck_up_to_date
from tests.factories import NOW, ReportFactory, elements
from tests.study import COPPER, IRON, begin, put, rate

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def deck(db):
    return elements()


@pytest.fixture
def iron(deck):
    return Fact.objects.get(code="uses/1")


@pytest.fixture
def editor(page, eve, sign_in):
    sign_in(page, eve)
    return page


def form_of(fact):
    return reverse("admin:quizzes_fact_change", args=[fact.pk])


def preview(page):
    return page.locator("#preview-body")


def test_an_editor_corrects_a_fact_and_its_question_changes_for_a_student(editor, iron, ada, sign_in, new_context):
    editor.goto(form_of(iron))
    expect(preview(editor)).to_contain_text("Which element is used to build bridges and rails?")
    editor.get_by_label("Purpose").fill("to build towers")
    expect(preview(editor)).to_contain_text("Which element is used to build towers?")
    expect(editor.locator("#notes-purpose")).to_contain_text("Asked as: Which element is used to build towers?")
    assert Fact.objects.get(pk=iron.pk).purpose == "to build bridges and rails", "nothing is saved while it is typed"
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.locator(".messagelist")).to_contain_text("changed successfully")
    student = new_context().new_page()
    begin(ada, iron.deck, format_preference="choice")
    sign_in(student, ada)
    student.goto("/study/")
    expect(student.locator("#stem")).to_have_text("What is iron used for?")
    expect(student.locator(".option", has_text="to build towers")).to_have_count(1)


def test_a_warning_comes_and_goes_beside_its_field_while_typing(editor, iron):
    editor.goto(form_of(iron))
    purpose = editor.get_by_label("Purpose")
    purpose.fill("for building bridges")
    expect(editor.locator("#notes-purpose .warning")).to_contain_text("7 of 7 neighbours begin with “to”")
    expect(editor.locator("#notes-purpose .refusal").first).to_be_visible()
    purpose.fill("to build bridges")
    expect(editor.locator("#notes-purpose .warning")).to_have_count(0)


def test_what_was_opened_in_the_preview_stays_open(editor, iron):
    editor.goto(form_of(iron))
    drawn = editor.locator("#drawn-2")
    drawn.locator("summary").click()
    editor.get_by_label("Purpose").fill("to build towers")
    expect(preview(editor)).to_contain_text("to build towers?")
    expect(drawn).to_have_attribute("open", "")


def test_a_verdict_is_found_judged_and_previewed(editor, iron):
    editor.goto(form_of(iron))
    group = editor.locator("#overlaps-group")
    group.get_by_role("button", name="Add another Verdict").click()
    group.locator("#overlaps-0").get_by_role("combobox", name="this answer").fill("current through")
    group.get_by_role("option", name="copper").click()
    group.locator("#id_overlaps-0-verdict").select_option("right")
    group.locator("#id_overlaps-0-reason").fill("Both are metals.")
    expect(editor.locator("#notes-overlaps")).to_contain_text("“copper” (uses/2) is right for the same question")
    editor.get_by_role("button", name="Save and continue editing").click()
    expect(group.locator(".sentence").first).to_contain_text("“copper” is also right in any question about “iron”")
    assert Overlap.objects.get().reason == "Both are metals."


def test_a_fact_is_searched_chosen_and_cleared_by_keyboard_alone(editor, iron, axe):
    editor.goto(form_of(iron))
    group = editor.locator("#overlaps-group")
    group.get_by_role("button", name="Add another Verdict").press("Enter")
    search, kept = group.locator("#id_overlaps-0-offered"), group.locator("[name=overlaps-0-offered]")
    found = group.locator("#id_overlaps-0-offered-found").get_by_role("option")
    expect(search).to_be_focused()
    search.press_sequentially("no such fact")
    expect(found).to_have_text("No fact fits. Try fewer letters.")
    search.press("Escape")
    expect(search).to_have_attribute("aria-expanded", "false")
    search.fill("copper")
    expect(found.and_(group.get_by_role("option", selected=True))).to_have_text("copper (uses/2)")
    axe(editor)
    search.press("Enter")
    expect(kept).to_have_value(str(Fact.objects.get(code="uses/2").pk))
    search.fill("something that names nothing")
    search.press("Tab")
    expect(search).to_have_value("copper (uses/2)")
    search.fill("")
    search.press("Tab")
    expect(kept).to_have_value("")


def test_a_row_added_by_mistake_is_taken_away_and_the_next_ones_move_up(editor, iron):
    editor.goto(form_of(iron))
    group = editor.locator("#overlaps-group")
    add = group.get_by_role("button", name="Add another Verdict")
    add.click()
    add.click()
    group.locator("#id_overlaps-1-reason").fill("The second.")
    group.locator("#overlaps-0").get_by_role("button", name="Remove").click()
    expect(group.locator("#id_overlaps-0-reason")).to_have_value("The second.")
    expect(group.locator("#id_overlaps-TOTAL_FORMS")).to_have_value("1")
    expect(add).to_be_focused()


def test_the_form_is_filled_in_and_saved_by_keyboard_alone(editor, iron):
    editor.goto(form_of(iron))
    editor.get_by_label("Term", exact=False).first.focus()
    for _step in range(40):
        if editor.evaluate("document.activeElement.name") == "purpose":
            break
        editor.keyboard.press("Tab")
    editor.keyboard.press("ControlOrMeta+a")
    editor.keyboard.type("to build towers")
    expect(preview(editor)).to_contain_text("Which element is used to build towers?")
    editor.get_by_label("Short label").focus()
    editor.keyboard.press("Enter")
    expect(editor.locator(".messagelist")).to_contain_text("changed successfully")
    assert Fact.objects.get(pk=iron.pk).purpose == "to build towers"


def test_without_a_script_a_button_previews_and_nothing_is_saved(page_without_scripts, eve, sign_in, iron):
    page = page_without_scripts
    sign_in(page, eve)
    page.goto(form_of(iron))
    page.get_by_label("Purpose").fill("to build towers")
    page.get_by_label("Other names").fill("ferrum\nFe")
    page.get_by_role("button", name="Preview without saving").click()
    expect(page.get_by_role("heading", name="Preview: nothing is saved yet")).to_be_visible()
    expect(preview(page)).to_contain_text("Which element is used to build towers?")
    expect(page.get_by_label("Other names")).to_have_value("ferrum\nFe")
    assert Fact.objects.get(pk=iron.pk).purpose == "to build bridges and rails"
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert Fact.objects.get(pk=iron.pk).aliases == ["ferrum", "Fe"]


def test_a_lost_connection_is_told_beside_the_preview(editor, iron):
    editor.goto(form_of(iron))
    editor.context.set_offline(True)
    editor.get_by_label("Purpose").fill("to build towers")
    expect(editor.locator("#preview-trouble")).to_contain_text("could not be reached")
    editor.context.set_offline(False)
    editor.get_by_label("Purpose").fill("to build rails")
    expect(preview(editor)).to_contain_text("to build rails?")
    expect(editor.locator("#preview-trouble")).to_be_hidden()


def test_the_sign_in_is_not_shown_in_place_of_a_preview(editor, iron):
    editor.goto(form_of(iron))
    editor.context.clear_cookies(name="sessionid")
    editor.get_by_label("Purpose").fill("to build towers")
    expect(editor.locator("#preview-trouble")).to_be_visible()
    expect(preview(editor)).to_contain_text("to build bridges and rails?")


def test_what_somebody_has_learned_is_saved_once_the_kind_of_change_is_said(editor, iron, ada, deck):
    rate(begin(ada, deck), IRON, 3)
    editor.goto(form_of(iron))
    expect(editor.get_by_role("radio", name=re.compile("Wording"))).not_to_be_checked()
    editor.get_by_label("Purpose").fill("to build towers")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.locator(".kind-of-change")).to_contain_text("Say whether this changes the wording or the meaning")
    editor.get_by_role("link", name=re.compile("Say whether this changes")).click()
    expect(editor.locator(".kind-of-change")).to_be_in_viewport()
    editor.get_by_role("radio", name=re.compile("Meaning")).check()
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.locator(".messagelist")).to_contain_text("changed successfully")
    assert FactVersion.objects.get(fact=iron, number=2).change == "meaning"


def test_an_old_version_is_compared_and_restored(editor, iron, eve):
    Fact.objects.filter(pk=iron.pk).update(purpose="to build towers")
    bring_deck_up_to_date(deck=iron.deck, by=eve, now=NOW)
    editor.goto(form_of(iron))
    editor.get_by_role("link", name="Versions and history").click()
    expect(editor.locator("ins").first).to_have_text("towers")
    editor.get_by_role("link", name="Restore this version 1").click()
    editor.get_by_role("button", name="Restore").click()
    expect(editor.locator(".messagelist")).to_contain_text("this is version 3")
    assert Fact.objects.get(pk=iron.pk).purpose == "to build bridges and rails"


def test_a_report_is_read_and_closed(editor, ada, deck):
    asked = put(begin(ada, deck), IRON, Format.CHOICE)
    wrong = next(option["text"] for option in get_item(asked.item_hash)["options"] if not option["is_key"])
    report = ReportFactory(
        card=Card.objects.get(key=IRON), reporter=ada, item_hash=asked.item_hash, order=list(asked.order), answer=wrong
    )
    editor.goto(reverse("admin:index"))
    editor.get_by_role("link", name="problem report is open").click()
    editor.get_by_role("link", name="iron").click()
    expect(editor.locator("li.chosen")).to_contain_text(wrong)
    editor.get_by_role("radio", name="no change needed").check()
    editor.get_by_label("Reply").fill("Copper is too soft for rails.")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.locator(".messagelist")).to_contain_text("No report is open any more.")
    assert ProblemReport.objects.get(pk=report.pk).status == "dismissed"


def test_the_questions_of_a_section_follow_their_wording(editor, deck):
    editor.goto(reverse("admin:quizzes_section_change", args=[Section.objects.get(slug="uses").pk]))
    field = editor.locator("#id_purpose_to_term")
    field.fill("What serves {porpoise}?")
    expect(editor.locator("#notes-purpose_to_term")).to_contain_text("There is no placeholder {porpoise}.")
    field.fill("What serves {purpose}?")
    expect(preview(editor)).to_contain_text("What serves to build bridges and rails?")


@pytest.fixture
def much(deck, iron, ada, eve):
    """A deck with something on every page of the editor's."""
    asked = put(begin(ada, deck), IRON, Format.CHOICE)
    rate(ada, COPPER, 3)
    Fact.objects.filter(code="uses/2").update(check_status="checked", caution="Doubtful.")
    Fact.objects.filter(code="uses/3").update(check_status="doubtful", recheck_on="2020-01-01")
    copper = Fact.objects.get(code="uses/2")
    for asked_fact, offered, verdict in ((iron, copper, "right"), (copper, iron, "distinct")):
        Overlap.objects.create(asked=asked_fact, offered=offered, verdict=verdict, reason="Both are metals.")
    Fact.objects.filter(pk=iron.pk).update(purpose="for building very long bridges over wide rivers")
    Section.objects.filter(slug="uses").update(noun_plural="radiopharmaceuticals")
    bring_deck_up_to_date(deck=deck, by=eve, now=NOW)
    report = ReportFactory(
        card=Card.objects.get(key=IRON), reporter=ada, item_hash=asked.item_hash, order=list(asked.order)
    )
    ReportFactory(card=Card.objects.get(key=IRON), message="")
    return {
        "index": reverse("admin:index"),
        "decks": reverse("admin:quizzes_deck_changelist"),
        "deck": reverse("admin:quizzes_deck_change", args=[deck.pk]),
        "quality": reverse("admin:quizzes_deck_quality", args=[deck.pk]),
        "pairs": reverse("admin:quizzes_deck_pairs", args=[deck.pk]),
        "sections": reverse("admin:quizzes_section_changelist"),
        "facts": reverse("admin:quizzes_fact_changelist"),
        "fact": form_of(iron),
        "learned fact": form_of(copper),
        "new fact": reverse("admin:quizzes_fact_add"),
        "history": reverse("admin:quizzes_fact_history", args=[iron.pk]),
        "restore": reverse("admin:quizzes_fact_restore", args=[iron.pk, 1]),
        "section": reverse("admin:quizzes_section_change", args=[iron.section_id]),
        "reports": reverse("admin:quizzes_problemreport_changelist"),
        "report": reverse("admin:quizzes_problemreport_change", args=[report.pk]),
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_of_the_workplace_is_accessible(new_context, eve, sign_in, axe, much, size, scheme):
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    sign_in(page, eve)
    wide = []
    for name, address in much.items():
        page.goto(address)
        axe(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(name)
    assert wide == [], "pages scroll sideways"


def test_facts_are_moved_from_their_list(editor, iron):
    editor.goto(reverse("admin:quizzes_fact_changelist"))
    editor.get_by_role("row", name=re.compile("iron")).get_by_role("checkbox").check()
    editor.get_by_label("Action:").select_option("move")
    editor.get_by_role("button", name="Go").click()
    editor.get_by_label("To the section").select_option(label="gases")
    editor.get_by_role("button", name="Move").click()
    expect(editor.locator(".messagelist")).to_contain_text("1 fact moved to gases.")


def test_the_session_of_a_student_is_unmoved_by_previews(editor, iron, ada):
    asked = put(begin(ada, iron.deck), IRON)
    StudySettings.objects.filter(user=ada).update(format_preference="flashcard")
    editor.goto(form_of(iron))
    editor.get_by_label("Purpose").fill("to build towers")
    expect(preview(editor)).to_contain_text("to build towers?")
    assert get_item(asked.item_hash)["stem"] == "Which element is used to build bridges and rails?"
    assert FactVersion.objects.filter(fact=iron).count() == 1
