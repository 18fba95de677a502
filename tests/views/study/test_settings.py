"""The settings page, section by section."""

import re

import pytest

from quizzes.models import Profile, StudySession, StudySettings, User
from tests.study import IRON, learn
from tests.views.pages import HX

VALUES = {
    "name": {"first_name": "Ada", "last_name": "L"},
    "day": {"zone_from": "chosen", "time_zone": "tokyo", "browser_zone": "", "rollover_hour": "3"},
    "memory": {
        "retention": "85",
        "learning_steps": "5m 1h",
        "relearning_steps": "",
        "maximum_interval_days": "365",
    },
    "questions": {"format_preference": "typed", "recall_first": "on", "buttons": "four"},
    "mail": {"reminders": "on"},
    "looks": {"theme": "dark", "reduced_motion": "on"},
}


def post(web, section, *, follow=True, **changes):
    return web.post("/settings/", {"section": section, **VALUES[section], **changes}, follow=follow)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("section", VALUES)
def test_a_section_is_saved_and_says_so_in_its_place(web, student, section):
    response = post(web, section)
    assert response.redirect_chain == [("/settings/#saved", 302)]
    page = text(response)
    assert page.count('id="saved"') == 1
    assert page.index(f'id="{section}"') < page.index('id="saved"') < page.index("<form", page.index('id="saved"'))
    assert 'id="saved"' not in text(web.get("/settings/"))


@pytest.mark.parametrize("section", VALUES)
def test_what_was_saved_is_shown_again(web, student, section):
    page = re.sub(r' (required|aria-describedby="[^"]*"|class="[^"]*")', "", text(post(web, section)))
    shown = {
        "name": ['value="Ada"', 'value="L"'],
        "day": ['value="Asia/Tokyo"', '<option value="3" selected>03:00</option>', "In use now: Asia/Tokyo"],
        "memory": ['value="85"', 'value="5m 1h"', 'value="365"'],
        "questions": [
            'id="id_format_preference_3" checked',
            'id="id_buttons_1" checked',
            'id="id_recall_first" checked',
        ],
        "mail": ['id="id_reminders" checked'],
        "looks": [
            'id="id_theme_2" checked',
            'id="id_reduced_motion" checked',
            'data-theme="dark"',
            'data-motion="reduced"',
        ],
    }
    assert [words for words in shown[section] if words not in page] == []


@pytest.mark.parametrize("section", VALUES)
def test_somebody_who_never_studied_can_save_every_section(signed_in, max, section):
    web = signed_in(max)
    assert web.get("/settings/").status_code == 200
    assert not StudySettings.objects.exists()
    assert not Profile.objects.exists()
    assert post(web, section).status_code == 200
    assert web.get("/study/", follow=True).status_code == 200


def test_everything_reaches_its_row(web, student):
    for section in VALUES:
        post(web, section)
    row, profile = StudySettings.objects.get(user=student), Profile.objects.get(user=student)
    assert (row.desired_retention, row.learning_steps, row.relearning_steps) == (0.85, [5, 60], [])
    assert (row.maximum_interval_days, row.rollover_hour, row.four_buttons) == (365, 3, True)
    assert (row.format_preference, row.recall_first, row.bury_siblings, row.shortcuts) == ("typed", True, False, False)
    assert (profile.time_zone, profile.time_zone_chosen) == ("Asia/Tokyo", True)
    assert profile.preferences == {"theme": "dark", "motion": "reduced"}
    assert User.objects.get(pk=student.pk).get_full_name() == "Ada L"


def test_looks_hold_on_every_page_and_can_be_taken_back(web, student):
    post(web, "looks")
    assert 'data-theme="dark" data-motion="reduced"' in text(web.get("/"))
    post(web, "looks", theme="", reduced_motion="")
    assert "data-theme" not in text(web.get("/"))


def test_the_zone_of_the_browser_is_taken_on_saving(web, student):
    post(web, "day", zone_from="browser", time_zone="", browser_zone="Europe/Rome")
    assert Profile.objects.get(user=student).time_zone == "Europe/Rome"
    page = text(web.get("/settings/"))
    assert "In use now: Europe/Rome, where it is 11:00" in page


def test_the_study_day_by_the_settings_is_told(web, student):
    assert "By these settings it is Tuesday 10 March for you, until Wednesday at 04:00." in text(web.get("/settings/"))
    page = text(post(web, "day", zone_from="browser", time_zone="", rollover_hour="12"))
    assert "By these settings it is Monday 9 March for you, until Tuesday at 12:00." in page


def test_an_error_is_told_at_the_top_and_beside_its_field_and_nothing_is_saved(web, student):
    response = post(web, "memory", learning_steps="10m 1m", retention="100")
    page = text(response)
    assert response.status_code == 422
    assert '<a href="#id_learning_steps">“1m” is not longer than “10m” before it.' in page
    assert 'value="10m 1m"' in page
    assert 'id="id_learning_steps_error"' in page
    assert "<title>Error: Settings" in page
    assert StudySettings.objects.get(user=student).desired_retention == 0.9


def test_the_effect_is_shown_before_anything_is_saved(web, student):
    learn(student, IRON)
    response = post(web, "memory", show="effect", retention="97")
    page = text(response)
    assert response.status_code == 200
    assert "At 97 %:" in page
    assert 'value="97"' in page
    assert 'value="5m 1h"' in page
    assert StudySettings.objects.get(user=student).desired_retention == 0.9


def test_the_effect_alone_is_a_fragment(web, student):
    page = text(web.get("/settings/effect/", {"retention": "80"}, headers=HX))
    assert page.lstrip().startswith("<figure")
    assert "At 80 %:" in page


@pytest.mark.parametrize("retention", ["", "12", "x", "100"])
def test_the_effect_of_an_impossible_choice_says_what_is_possible(web, student, retention):
    page = text(web.get("/settings/effect/", {"retention": retention}, headers=HX))
    assert "70" in page or "99" in page
    assert "<figure" not in page


def test_the_zones_are_a_small_list_of_their_own_that_the_browser_may_keep(web, student):
    response = web.get("/settings/zones/")
    assert '<option value="Europe/London"></option>' in text(response)
    assert "Etc/" not in text(response)
    assert response["Cache-Control"] == "private, max-age=86400"
    assert "Europe/London" not in re.sub("<p class=.help.*?</p>", "", text(web.get("/settings/")))


def test_a_form_of_no_section_is_refused(web, student):
    assert web.post("/settings/", {"section": "nonsense"}).status_code == 400
    assert web.post("/settings/").status_code == 400


def test_settings_are_the_persons_own(signed_in, student, ben):
    post(signed_in(ben), "memory")
    assert StudySettings.objects.get(user=student).desired_retention == 0.9


def test_the_open_question_is_put_anew_after_a_change(web, student):
    web.get("/study/")
    assert StudySession.objects.get(user=student).prompt
    post(web, "questions")
    assert StudySession.objects.get(user=student).prompt is None
    assert web.get("/study/").status_code == 200


def test_the_limits_of_each_deck_are_told_with_the_way_to_change_them(web, student):
    page = text(web.get("/settings/"))
    assert "20 new cards and 200 reviews a day" in page
    assert 'href="/library/elements/#limits"' in page
