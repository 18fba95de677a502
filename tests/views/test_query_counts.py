"""How many times each page of the table asks the database: as often with thirty of everything as with three."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quizzes.models import CardStatistics, Enrolment, Section
from quizzes.services.people.invitations import invite
from quizzes.services.people.roles import STUDENT
from tests.classes import class_of, join
from tests.factories import (
    NOW,
    AssignmentFactory,
    CopyFactory,
    FactFactory,
    MessageFactory,
    QuizFactory,
    ReportFactory,
    SectionFactory,
    UserFactory,
    keep,
)
from tests.study import begin
from tests.views.matrix import GROUPS
from tests.views.test_matrix import Site, tell

LINES = {line.address: line for lines in GROUPS.values() for line in lines}
LOOKERS = ("ada", "ivy", "eve", "admin", "max", "nobody")
QUERIES = {
    # Her class wants two facts told apart, which is one more in each session of ada.
    "/healthz": 3,
    "/sign-in/": 0,
    "/account/": 5,
    "/account/signup/": 0,
    "/account/invitation/{invitation}/": 3,
    "/account/inactive/": 2,
    "/account/reauthenticate/": 8,
    "/account/email/": 8,
    "/account/confirm-email/": 2,
    "/account/confirm-email/never-sent/": 2,
    "/account/password/change/": 2,
    "/account/password/reset/": 2,
    "/account/password/reset/done/": 2,
    "/account/password/reset/key/zzzz-never-sent/": 3,
    "/account/password/reset/key/done/": 2,
    "/account/2fa/": 4,
    "/welcome/{deck}/": 4,
    "/": 32,
    "/study/": 8,
    "/study/answered/{ada_answer}/": 9,
    "/study/contrast/{deck}/?fact=uses/2&fact=uses/3": 11,
    "/study/reports/": 4,
    "/study/why/{ada_card}/": 7,
    "/study/practice/": 5,
    "/study/practice/{deck}/": 10,
    "/study/practice/{deck}/{section}/": 11,
    "/compare/{deck}/?fact=uses/1&fact=uses/2": 4,
    "/study/deck/{deck}/": 10,
    "/progress/": 9,
    "/progress/{deck}/": 10,
    "/progress/{deck}/predictions/": 10,
    "/browse/{deck}/": 6,
    "/browse/{deck}/{iron}/": 9,
    "/library/": 12,
    "/library/{deck}/": 14,
    "/library/{deck}/leave/": 11,
    "/settings/": 8,
    "/settings/effect/?retention=85": 5,
    "/settings/zones/": 2,
    "/settings/data/": 2,
    "/settings/data/openings/": 5,
    "/settings/data/erase/": 4,
    "/messages/": 5,
    "/reminders/off/{reminders_off}/": 4,
    "/classes/": 7,
    "/classes/new/": 5,
    "/classes/{cohort}/": 29,
    "/classes/{cohort}/behind/": 17,
    "/classes/{cohort}/table.csv": 18,
    "/classes/{cohort}/roster/": 9,
    "/classes/{cohort}/roster/{ivys_list}/": 10,
    "/classes/{cohort}/roster/links.csv": 5,
    "/classes/{cohort}/groups/": 9,
    "/classes/{cohort}/groups/{group}/": 9,
    "/classes/{cohort}/confusions/": 14,
    "/classes/{cohort}/copy/": 17,
    "/classes/{cohort}/code/": 7,
    "/classes/{cohort}/edit/": 10,
    "/classes/{cohort}/quizzes/": 9,
    "/classes/{cohort}/quizzes/new/?deck={deck}": 10,
    "/classes/{cohort}/quizzes/{draft_quiz}/": 11,
    "/classes/{cohort}/quizzes/{draft_quiz}/edit/": 11,
    "/classes/{cohort}/quizzes/{draft_quiz}/pick/?section=uses": 9,
    "/classes/{cohort}/quizzes/{draft_quiz}/preview/": 9,
    "/classes/{cohort}/quizzes/{draft_quiz}/delete/": 8,
    "/classes/{cohort}/leave/": 3,
    "/classes/{cohort}/messages/": 10,
    "/classes/{cohort}/messages/new/": 9,
    "/classes/{cohort}/messages/{message}/": 11,
    "/classes/{cohort}/students/{ada_public_id}/": 24,
    "/classes/{cohort}/students/{ada_public_id}/remove/": 8,
    "/grades/": 13,
    "/classes/{cohort}/questions/": 13,
    "/classes/{cohort}/questions/questions.csv": 4,
    "/classes/{cohort}/questions/questions.xlsx": 6,
    "/classes/{cohort}/questions/{iron_card}/": 12,
    "/classes/{cohort}/grades/": 16,
    "/classes/{cohort}/grades/grades.csv": 14,
    "/classes/{cohort}/grades/grades.xlsx": 17,
    "/classes/{cohort}/grades/attempts.csv": 7,
    "/classes/{cohort}/grades/{ada_public_id}/{quiz_kind}/{quiz}/": 20,
    "/classes/{cohort}/quizzes/{quiz}/results/": 18,
    "/classes/{cohort}/quizzes/{quiz}/results/{ada_attempt}/": 17,
    "/classes/{cohort}/quizzes/{quiz}/rulings/{item}/": 16,
    "/classes/{cohort}/students/{ada_public_id}/accommodations/": 15,
    "/work/": 20,
    "/assignments/{assignment}/": 16,
    "/classes/{cohort}/assignments/new/": 12,
    "/classes/{cohort}/assignments/{assignment}/": 26,
    "/classes/{cohort}/assignments/{assignment}/edit/": 14,
    "/classes/{cohort}/assignments/{assignment}/delete/": 12,
    "/quizzes/{open_quiz}/": 8,
    "/attempts/{ada_sitting}/1/": 5,
    "/attempts/{ada_sitting}/1/save/": 3,
    "/attempts/{ada_sitting}/end/": 5,
    "/attempts/{ada_handed_in}/review/": 6,
    "/attempts/{ada_handed_in}/1/report/": 4,
    "/study/practice/{deck}/attempt/{ada_handed_in}/": 12,
    "/classes/{cohort}/downloads/": 10,
    "/classes/{cohort}/downloads/reviews.csv": 8,
    "/classes/{cohort}/downloads/sections.xlsx?who=pseudonyms": 13,
    "/classes/{cohort}/downloads/{ivys_file}/": 9,
    "/classes/{cohort}/downloads/{ivys_file}/file/": 8,
    "/join/": 2,
    "/join/{join_code}/": 7,
    "/admin/": 11,
    "/admin/quizzes/": 4,
    "/admin/password_change/": 4,
    "/admin/password_change/done/": 4,
    "/admin/jsi18n/": 2,
    "/admin/autocomplete/?app_label=quizzes&model_name=overlap&field_name=offered&term=iron": 6,
    "/admin/quizzes/deck/": 11,
    "/admin/quizzes/deck/add/": 4,
    "/admin/quizzes/deck/import/": 4,
    "/admin/quizzes/deck/uploads/{eves_upload}/": 5,
    "/admin/quizzes/deck/{deck_pk}/export/csv/": 8,
    "/admin/quizzes/deck/{deck_pk}/import/": 5,
    "/admin/quizzes/deck/{deck_pk}/pairs/": 9,
    "/admin/quizzes/deck/{deck_pk}/quality/": 7,
    "/admin/quizzes/deck/{deck_pk}/work-left/": 6,
    "/admin/quizzes/deck/{deck_pk}/change/": 8,
    "/admin/quizzes/deck/{deck_pk}/history/": 6,
    "/admin/quizzes/deck/{deck_pk}/delete/": 6,
    "/admin/quizzes/section/": 8,
    "/admin/quizzes/section/add/": 5,
    "/admin/quizzes/section/{section_pk}/change/": 9,
    "/admin/quizzes/section/{section_pk}/history/": 6,
    "/admin/quizzes/section/{section_pk}/delete/": 6,
    "/admin/quizzes/fact/": 12,
    "/admin/quizzes/fact/add/": 6,
    "/admin/quizzes/fact/{fact_pk}/change/": 15,
    "/admin/quizzes/fact/{fact_pk}/history/": 8,
    "/admin/quizzes/fact/{fact_pk}/delete/": 10,
    "/admin/quizzes/fact/{fact_pk}/versions/1/restore/": 7,
    "/admin/quizzes/problemreport/": 8,
    "/admin/quizzes/problemreport/{report_pk}/change/": 14,
    "/admin/quizzes/problemreport/{report_pk}/history/": 6,
    "/admin/quizzes/cardstatistics/": 8,
    "/admin/quizzes/cardstatistics/{iron_statistics}/change/": 7,
    "/admin/quizzes/cardstatistics/{iron_statistics}/history/": 6,
    "/admin/quizzes/user/": 6,
    "/admin/quizzes/user/add/": 2,
    "/admin/quizzes/user/{ada}/change/": 9,
    "/admin/quizzes/user/{ada}/history/": 5,
    "/admin/quizzes/user/{ada}/delete/": 7,
    "/admin/quizzes/invitation/": 5,
    "/admin/quizzes/invitation/add/": 3,
    "/admin/quizzes/invitation/{invitation_pk}/history/": 4,
    "/admin/quizzes/invitation/{invitation_pk}/delete/": 3,
    "/admin/quizzes/invitation/{invitation_pk}/change/": 3,
    "/admin/quizzes/user/{ada}/password/": 4,
}
"""By address, for the first of LOOKERS who gets a page there; once deck and questions are in the process.

Three each are for keeping that a person's page was opened or a file taken out: a savepoint, one update, its end.
"""


def looker(line):
    """Who looks at a page; None for an address that shows nobody one."""
    return next((name for name in LOOKERS if line.get[name] == 200), None)


@pytest.fixture(params=[3, 30])
def site(request, max, ada, ben, ivy, eve, cohort):
    """The world of the table, with so many more of everything beside it."""
    site = Site({"max": max, "ada": ada, "ben": ben, "ivy": ivy, "eve": eve, "cohort": cohort})
    columns = ("rollup_id", "stem", "shown", "n", "weight", "values", "flags")
    rolled_up = list(CardStatistics.objects.filter(card=site.world["iron_card"]).values(*columns))
    for _row in range(request.param):
        section = SectionFactory(wording={"purpose_to_term": "Which metal is used {purpose}?"})
        for number in range(5):
            FactFactory(section=section, purpose=f"to build thing {number}")
        keep(section.deck)
        begin(ada, section.deck)
        cohort.decks.add(section.deck)
        student = join(cohort)
        join(class_of(section.deck, ivy))
        own = class_of(section.deck)
        Enrolment.objects.create(cohort=own, user=ada, role=STUDENT, joined_at=NOW)
        AssignmentFactory(cohort=own, deck=section.deck)
        AssignmentFactory(cohort=cohort, deck=section.deck)
        FactFactory(section=SectionFactory(deck_id=site.world["deck_pk"]))
        FactFactory(section=Section.objects.get(pk=site.world["section_pk"]))
        ReportFactory(reporter=ada)
        QuizFactory(cohort=cohort, deck=section.deck)
        ReportFactory(reporter=student)
        CopyFactory(message=MessageFactory(cohort=cohort, sender=ivy), user=ada)
        CopyFactory(message_id=site.world["message"], user=student)
        UserFactory()
        for row in rolled_up:
            CardStatistics.objects.create(**{**row, "card": section.deck.cards.first()})
    invite(emails=[f"kim{n}@example.org" for n in range(request.param)], role=STUDENT, by=None, now=NOW)
    return site


def count(site, line):
    """How many queries the page needs the second time."""
    client = Client()
    client.cookies["sessionid"] = site.sessions[looker(line)]
    client.get(site.fill(line.address))
    with CaptureQueriesContext(connection) as asked:
        client.get(site.fill(line.address))
    return len(asked)


def test_every_page_asks_the_database_as_often_as_pinned(site):
    pages = {address: line for address, line in LINES.items() if looker(line)}
    counts = {address: count(site, line) for address, line in pages.items()}
    every = sorted({*counts, *QUERIES})
    asked = {address: (counts.get(address), QUERIES.get(address)) for address in every}
    tell([f"{address}: {n} queries, not {pinned}" for address, (n, pinned) in asked.items() if n != pinned])
