"""To look at a page changes nothing: every GET of the table in tests/views/matrix.py, with the database watched."""

import re

import pytest
from django.db import connection

from quizzes.selectors.content import decks
from quizzes.selectors.study import history, items
from tests.views.matrix import GROUPS, PEOPLE
from tests.views.test_matrix import Site, tell

WRITES = re.compile(r"(INSERT|UPDATE|DELETE)\b[^\"]*\"(\w+)\"", re.ASCII)
UNSEEN = {"django_session", "axes_accessattempt"}
"""What sessions and the lock on the sign-in keep for themselves."""
SHOWN = {"quizzes_itemsnapshot"}
"""What was shown can be shown again, so a question is kept once, with its options."""
PUT = SHOWN | {"quizzes_studysession"}
"""Which question is put to a student is kept: a reload gets the same one."""
PULLED = {"quizzes_deckstudy"}
"""The edition of the deck that the student has seen: what changed its meaning since comes back once."""
OPENED = {"quizzes_accessrecord"}
"""That staff have opened what is kept of a person, or taken it out as a file: the person can read it."""
ALLOWED = {
    "/study/": PUT | PULLED,
    "/study/deck/{deck}/": PUT | PULLED,
    "/study/practice/{deck}/": PUT | PULLED,
    "/study/practice/{deck}/{section}/": PUT | PULLED,
    "/study/practice/{deck}/attempt/{ada_handed_in}/": PUT | PULLED,
    "/study/answered/{ada_answer}/": PUT | PULLED,
    "/study/contrast/{deck}/?fact=uses/2&fact=uses/3": SHOWN,
    "/admin/quizzes/user/{ada}/change/": OPENED,
    "/classes/{cohort}/downloads/reviews.csv": OPENED,
    "/classes/{cohort}/downloads/sections.xlsx?who=pseudonyms": OPENED,
    "/classes/{cohort}/downloads/{ivys_file}/file/": OPENED,
    "/classes/{cohort}/grades/attempts.csv": OPENED,
    "/classes/{cohort}/grades/grades.csv": OPENED,
    "/classes/{cohort}/grades/grades.xlsx": OPENED,
    "/classes/{cohort}/grades/{ada_public_id}/{quiz_kind}/{quiz}/": OPENED,
    "/classes/{cohort}/quizzes/{quiz}/results/{ada_attempt}/": OPENED,
    "/classes/{cohort}/students/{ada_public_id}/": OPENED,
    "/classes/{cohort}/students/{ada_public_id}/accommodations/": OPENED,
    "/classes/{cohort}/behind/": OPENED,
    "/classes/{cohort}/table.csv": OPENED,
}
"""What a GET may write all the same, by address."""
PAGES = [(group, line) for group, lines in GROUPS.items() for line in lines]


class Watch:
    """Notes the tables that are written to."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        if found := WRITES.match(sql):
            self.tables.add(found[2])
        return execute(sql, params, many, context)


@pytest.fixture
def site(max, ada, ben, ivy, eve, cohort):
    return Site({"max": max, "ada": ada, "ben": ben, "ivy": ivy, "eve": eve, "cohort": cohort})


def written(site, who, line):
    """The tables that one GET writes to, beside those of sessions."""
    for cached in (decks, history, items):
        cached.clear_cache()
    watch = Watch()
    with connection.execute_wrapper(watch):
        site.ask(who, "get", site.fill(line.address))
    return watch.tables - UNSEEN


@pytest.mark.parametrize("group", GROUPS)
def test_to_look_at_a_page_writes_nothing(site, group):
    wrong = []
    for line in GROUPS[group]:
        for who in PEOPLE:
            if tables := written(site, who, line) - ALLOWED.get(line.address, set()):
                wrong.append(f"GET {line.address} by {who} writes to {', '.join(sorted(tables))}")
    tell(wrong)


def test_every_exception_is_an_address_of_the_table():
    assert set(ALLOWED) <= {line.address for _group, line in PAGES}


def test_a_write_would_be_noticed(site, ada):
    watch = Watch()
    with connection.execute_wrapper(watch):
        ada.save(update_fields=["first_name"])
        ada.groups.clear()
    assert watch.tables == {"quizzes_user", "quizzes_user_groups"}
