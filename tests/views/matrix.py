"""Who gets what at which address: the table that tests/views/test_matrix.py goes through, grouped by subject.

A new address needs a line here, in the group of its subject, or `test_every_address_has_a_line` fails and names it:

    Line("/classes/{cohort}/", get=row(404, nobody=SIGN_IN, ivy=200), post=row(...), strange={"cohort": "other_cohort"})

* The **address** is written as in the browser. A name in braces stands for an object of `world()`, which makes one of
  everything: add yours there. Not in braces goes only what is no id, such as the day of a calendar or
  a key that was never sent.
* `get` and `post` say for each of the PEOPLE what they get: a status, ON (sent on to a page of this site), or SIGN_IN
  (sent to the sign-in). `row(x, ivy=y)` means x for all but ivy. For those who may not see something it is 404, since
  `selectors/access.py` is the one door. Without `post` the address must not take POSTs (405).
* `data` is what a POST carries; `{...}` in a value is filled in as in addresses. Send what would really write, so that
  who is let through gets ON or 200 because it was written, and who is not gets 404 although the form was right.
* `strange` names for every id in the address an object that none of the PEOPLE may reach by it: every id is tried with
  it, one at a time, by everybody, and has to answer 404. Those who may see it all the same (an editor a draft)
  are named in `sees`. What an address of the admin shows is nobody's own, so it has no strangers; its rows say who
  gets in.

Every request runs in a transaction of its own that is rolled back, so lines do not disturb each other.
"""

from dataclasses import dataclass, field

from quizzes.models import Card, CardStatistics, ClassConfusion, ClassConfusionCount, Cohort, Deck, Fact, ReviewLog
from quizzes.selectors.people.reminders import reminders_path
from quizzes.selectors.teaching.download_rows import WantedFile
from quizzes.services.content.uploading import keep_upload
from quizzes.services.people.invitations import invite
from quizzes.services.people.profiles import note_time_zone
from quizzes.services.people.roles import ADMIN, INSTRUCTOR
from quizzes.services.teaching.contrasting import give_contrast
from quizzes.services.teaching.downloading import ask_for, make_next
from quizzes.services.teaching.groups import create_group
from quizzes.services.teaching.rolling_up import roll_up
from quizzes.services.teaching.roster import keep_roster
from tests.classes import class_of, join
from tests.factories import (
    NOW,
    AssignmentFactory,
    CohortFactory,
    DeckFactory,
    FactFactory,
    MessageFactory,
    QuizFactory,
    ReportFactory,
    SectionFactory,
    elements,
)
from tests.people import person
from tests.quiz_marks import frozen_quiz, hashes, take
from tests.sitting import hand_in, quiz_of, sit
from tests.study import IRON, begin, put, rate

PEOPLE = ("nobody", "max", "ada", "ben", "ivy", "eve", "admin")
SIGN_IN, ON = "sign in", "sent on"
Row = dict[str, int | str]


def row(everybody: int | str, **exceptions: int | str) -> Row:
    """What each of the PEOPLE gets: the first, but for those who are named."""
    assert set(exceptions) <= set(PEOPLE)
    return {name: exceptions.get(name, everybody) for name in PEOPLE}


OPEN, SIGNED_IN = row(200), row(200, nobody=SIGN_IN)
POST_ONLY = GET_ONLY = row(405, nobody=SIGN_IN)
MOVED, MOVED_ON = row(ON), row(ON, nobody=SIGN_IN)
ONCE_BEGUN = AFTER_ITS_NOTICE = row(ON, nobody=SIGN_IN, ada=200, ben=200)
STAFF_READ = row(SIGN_IN, eve=405, admin=405)
EDITED, NO_EDITOR = row(SIGN_IN, eve=ON, admin=ON), row(SIGN_IN, eve=403, admin=403)
OF_EVE, OF_EVE_ON = row(SIGN_IN, eve=200, admin=404), row(SIGN_IN, eve=ON, admin=404)
EDITORS, ADMINS = row(SIGN_IN, eve=200, admin=200), row(SIGN_IN, eve=403, admin=200)


@dataclass(frozen=True)
class Line:
    """One address, with one choice of objects."""

    address: str
    get: Row
    post: Row = field(default_factory=lambda: GET_ONLY)
    data: dict[str, str] = field(default_factory=dict)
    strange: dict[str, str] = field(default_factory=dict)
    sees: tuple[str, ...] = ()


def world(people: dict[str, object]) -> dict[str, object]:
    """One of everything that addresses name, by the name in braces; `people` are those of the fixtures."""
    ada, ben, deck = people["ada"], people["ben"], elements()
    other_cohort = CohortFactory(name="Chemistry 3", join_code="chemistry-3")
    for student in (ada, ben):
        begin(student, deck)
        rate(student, IRON, 3)
        put(student, IRON)
    people["cohort"].decks.add(deck)
    draft_quiz = QuizFactory(cohort=people["cohort"], deck=deck, published_at=None, picking="picked")
    invitation = invite(emails=["kim@example.org"], role=INSTRUCTOR, by=None, now=NOW)[0]
    draft = DeckFactory(slug="hidden", status=Deck.Status.DRAFT)
    iron = Card.objects.get(key=IRON)
    hidden = FactFactory(section=SectionFactory(deck=draft))
    quiz = frozen_quiz(deck, people["cohort"])
    attempt = take(ada, quiz, True, False)
    for cohort in (people["cohort"], None):
        roll_up(deck=deck, cohort=cohort, now=NOW, clock=lambda: 0.0)
    answers = {log.user_id: log.client_id for log in ReviewLog.objects.filter(kind="answer")}
    return {
        "deck": deck.slug,
        "draft": draft.slug,
        "section": "uses",
        "no_section": "nowhere",
        "ada_card": Card.objects.get(key=IRON).pk,
        "draft_card": Card.objects.create(deck=draft, fact=hidden, direction="membership", key="hidden/1").pk,
        "ada_answer": answers[ada.pk],
        "nobodys_answer": "00000000-0000-4000-8000-000000000000",
        "cohort": people["cohort"].pk,
        "other_cohort": other_cohort.pk,
        "group": create_group(cohort=people["cohort"], name="Monday").pk,
        "other_group": create_group(cohort=other_cohort, name="Monday").pk,
        "ivys_list": _roster(people["cohort"], people["ivy"]),
        "other_list": _roster(other_cohort, people["ivy"]),
        "class_deck": deck.pk,
        "assignment": AssignmentFactory(cohort=people["cohort"], deck=deck).pk,
        "other_assignment": AssignmentFactory(cohort=other_cohort, deck=deck).pk,
        "draft_quiz": draft_quiz.pk,
        "join_code": people["cohort"].join_code,
        "no_code": "WWWWWW",
        "ada": ada.pk,
        "ben": ben.pk,
        "ivy": people["ivy"].pk,
        "ada_public_id": note_time_zone(user=ada, time_zone="").public_id,
        "ben_public_id": note_time_zone(user=ben, time_zone="").public_id,
        "deck_pk": DeckFactory().pk,
        "eves_upload": keep_upload(
            deck=None, kind="table", name="a.csv", data=b"term,description\niron,rusts", by=people["eve"], now=NOW
        ).pk,
        "section_pk": SectionFactory(deck=draft).pk,
        "iron": iron.fact.code,
        "iron_card": iron.pk,
        "iron_statistics": CardStatistics.objects.get(rollup__cohort=None, card=iron).pk,
        "hidden_fact": FactFactory(section__deck=draft).code,
        "fact_pk": Fact.objects.get(code="uses/1").pk,
        "other_fact_pk": Fact.objects.get(code="uses/2").pk,
        "contrast": confused_pair(people["cohort"], people["ivy"]),
        "other_contrast": confused_pair(CohortFactory(), people["ivy"]),
        "invitation": invitation.token,
        "invitation_pk": invitation.pk,
        "no_invitation": "never-given",
        "quiz": quiz.pk,
        "other_quiz": frozen_quiz(deck, CohortFactory()).pk,
        "ada_attempt": attempt.public_id,
        "item": hashes(quiz)[0],
        "no_item": "0" * 64,
        "no_kind": "essay",
        "quiz_kind": "quiz",
        "report_pk": ReportFactory(reporter=ada).pk,
        "ivys_file": _file(people["cohort"], people["ivy"]),
        "other_file": _file(other_cohort, people["ivy"], made=False),
        "message": MessageFactory(cohort=people["cohort"]).pk,
        "other_message": MessageFactory().pk,
        "reminders_off": reminders_path(ada.pk).split("/")[-2],
        "no_token": f"{ada.pk}:made-up",
        **sittings(people, deck),
    }


def sittings(people: dict[str, object], deck: Deck) -> dict[str, object]:
    """A quiz of ada's class that she may start, one she is taking, one she has handed in; the same of a stranger."""
    mine, theirs = people["cohort"], class_of(deck)
    sitting = {"ada": (people["ada"], mine), "strangers": (join(theirs), theirs)}
    return {
        "open_quiz": quiz_of(deck, cohort=mine).pk,
        "strangers_quiz": quiz_of(deck, cohort=theirs).pk,
        **{f"{name}_sitting": sit(who, quiz_of(deck, cohort=of)).public_id for name, (who, of) in sitting.items()},
        **{
            f"{name}_handed_in": hand_in(sit(who, quiz_of(deck, cohort=of))).public_id
            for name, (who, of) in sitting.items()
        },
    }


def confused_pair(cohort: Cohort, by: object) -> int:
    """Two facts that a class takes for each other, and has been given; returns the id of that."""
    iron, copper = (Fact.objects.get(code=code) for code in ("uses/1", "uses/2"))
    cohort.decks.add(iron.deck)
    ClassConfusionCount.objects.create(cohort=cohort, basis="made for the table", students=1, made_at=NOW)
    for asked, chosen in ((iron, copper), (copper, iron)):
        about = {"asked": asked, "taken_for": chosen, "shown": 20, "times": 7, "students": 3}
        ClassConfusion.objects.create(cohort=cohort, **about)
    about = {"asked": iron, "taken_for": copper, "by": by, "now": NOW, "ends_on": NOW.date()}
    return give_contrast(cohort=cohort, **about).pk


def _roster(cohort: object, by: object) -> int:
    """The id of a list that waits to be confirmed."""
    return keep_roster(cohort=cohort, name="", data=b"kim@example.org", by=by, now=NOW).pk


def _file(cohort: object, by: object, *, made: bool = True) -> int:
    """The id of a file of the class, made by the worker or waiting for it."""
    kept = ask_for(cohort=cohort, user=by, wanted=WantedFile("reviews", "csv"), now=NOW)
    if made:
        make_next(clock=lambda: NOW)
    return kept.pk


def make_admin() -> object:
    """The one of the PEOPLE who has no fixture."""
    return person("admin", ADMIN)


def editing(model: str, pk: str, who: Row) -> list[Line]:
    """The addresses that Django's admin has for a model; a POST without data shows the form again or the list."""
    base, moved = f"/admin/{model}/", row(SIGN_IN, eve=ON, admin=ON)
    return [
        Line(base, get=who, post=who),
        Line(f"{base}add/", get=who, post=who),
        Line(f"{base}{{{pk}}}/", get=moved, post=moved),
        Line(f"{base}{{{pk}}}/change/", get=who, post=who),
        Line(f"{base}{{{pk}}}/history/", get=who, post=who),
        Line(f"{base}{{{pk}}}/delete/", get=who, post=who),
    ]


SITE = [Line("/healthz", get=OPEN, post=row(405))]

PEOPLES_ACCOUNTS = [
    Line("/sign-in/", get=row(ON, nobody=200), post=row(ON, nobody=200)),
    Line("/sign-out/", get=row(405), post=row(SIGN_IN)),
    Line("/account/", get=SIGNED_IN),
    Line("/account/signup/", get=row(ON, nobody=200), post=row(ON, nobody=200)),
    Line(
        "/account/invitation/{invitation}/",
        get=row(200, nobody=ON),
        post=MOVED,
        strange={"invitation": "no_invitation"},
    ),
    Line("/account/zone/", get=POST_ONLY, post=row(204, nobody=SIGN_IN)),
    Line("/account/inactive/", get=OPEN, post=row(405)),
    Line("/account/reauthenticate/", get=SIGNED_IN, post=SIGNED_IN),
    Line("/account/email/", get=SIGNED_IN, post=MOVED_ON),
    Line("/account/confirm-email/", get=OPEN, post=row(405)),
    Line("/account/confirm-email/never-sent/", get=OPEN, post=row(404)),
    Line("/account/password/change/", get=SIGNED_IN, post=SIGNED_IN),
    Line("/account/password/set/", get=MOVED_ON, post=MOVED_ON),
    Line("/account/password/reset/", get=OPEN, post=OPEN),
    Line("/account/password/reset/done/", get=OPEN, post=row(405)),
    Line("/account/password/reset/key/zzzz-never-sent/", get=OPEN, post=OPEN),
    Line("/account/password/reset/key/done/", get=OPEN, post=row(405)),
    Line("/account/2fa/", get=SIGNED_IN),
    Line("/account/2fa/authenticate/", get=row(ON, nobody=SIGN_IN), post=row(ON, nobody=SIGN_IN)),
    Line("/account/2fa/reauthenticate/", get=MOVED_ON, post=MOVED_ON),
    Line("/account/2fa/totp/activate/", get=MOVED_ON, post=MOVED_ON),
    Line("/account/2fa/totp/deactivate/", get=row(404, nobody=SIGN_IN), post=row(404, nobody=SIGN_IN)),
    Line("/account/2fa/recovery-codes/", get=row(404, nobody=SIGN_IN)),
    Line("/account/2fa/recovery-codes/generate/", get=MOVED_ON, post=MOVED_ON),
    Line("/account/2fa/recovery-codes/download/", get=row(404, nobody=SIGN_IN), post=row(404, nobody=SIGN_IN)),
    Line("/welcome/{deck}/", get=SIGNED_IN, post=MOVED_ON, strange={"deck": "draft"}, sees=("eve", "admin")),
]

STUDY = [
    Line("/", get=SIGNED_IN),
    Line("/notices/read/", get=POST_ONLY, post=MOVED_ON, data={"key": "version:1"}),
    Line("/study/", get=ONCE_BEGUN),
    Line("/study/answer/", get=MOVED_ON, post=MOVED_ON),
    Line("/study/guessed/", get=MOVED_ON, post=MOVED_ON),
    Line("/study/undo/", get=MOVED_ON, post=MOVED_ON, data={"scope": "{deck}"}),
    Line(
        "/study/undo/",
        get=MOVED_ON,
        post=row(404, nobody=SIGN_IN, eve=ON, admin=ON),
        data={"scope": "{draft}"},
    ),
    Line("/study/mark/", get=MOVED_ON, post=MOVED_ON),
    Line(
        "/study/answered/{ada_answer}/",
        get=row(404, nobody=SIGN_IN, ada=200),
        strange={"ada_answer": "nobodys_answer"},
    ),
    Line("/study/reports/", get=SIGNED_IN),
    Line("/study/report/", get=MOVED_ON, post=MOVED_ON),
    Line(
        "/study/why/{ada_card}/",
        get=row(404, nobody=SIGN_IN, ada=200, ben=200),
        strange={"ada_card": "draft_card"},
    ),
    Line("/study/practice/", get=SIGNED_IN),
    Line("/study/practice/{deck}/", get=AFTER_ITS_NOTICE, strange={"deck": "draft"}, sees=("eve", "admin")),
    Line("/study/practice/{deck}/{section}/", get=AFTER_ITS_NOTICE, strange={"deck": "draft", "section": "no_section"}),
    Line(
        "/compare/{deck}/?fact=uses/1&fact=uses/2",
        get=SIGNED_IN,
        strange={"deck": "draft"},
    ),
    Line(
        "/study/contrast/{deck}/?fact=uses/2&fact=uses/3",
        get=SIGNED_IN,
        strange={"deck": "draft"},
    ),
    Line("/study/deck/{deck}/", get=AFTER_ITS_NOTICE, strange={"deck": "draft"}, sees=("eve", "admin")),
    Line("/study/deck/{deck}/begin/", get=POST_ONLY, post=MOVED_ON, strange={"deck": "draft"}, sees=("eve", "admin")),
    Line("/study/deck/{deck}/more/", get=POST_ONLY, post=MOVED_ON, strange={"deck": "draft"}, sees=("eve", "admin")),
]

PROGRESS = [
    Line("/progress/", get=SIGNED_IN),
    Line("/progress/{deck}/", get=SIGNED_IN, strange={"deck": "draft"}, sees=("eve", "admin")),
    Line("/progress/{deck}/predictions/", get=SIGNED_IN, strange={"deck": "draft"}, sees=("eve", "admin")),
    Line("/browse/{deck}/", get=SIGNED_IN, strange={"deck": "draft"}, sees=("eve", "admin")),
    Line(
        "/browse/{deck}/{iron}/",
        get=SIGNED_IN,
        post=row(404, nobody=SIGN_IN, ada=ON, ben=ON),
        data={"card": "{iron_card}", "revision": "1", "mark": "flag"},
        strange={"deck": "draft", "iron": "hidden_fact"},
    ),
]

DRAFT_IS_STRANGE = {"strange": {"deck": "draft"}, "sees": ("eve", "admin")}

LIBRARY = [
    Line("/library/", get=SIGNED_IN),
    Line("/library/{deck}/", get=SIGNED_IN, **DRAFT_IS_STRANGE),
    Line("/library/{deck}/join/", get=POST_ONLY, post=MOVED_ON, **DRAFT_IS_STRANGE),
    Line("/library/{deck}/pause/", get=POST_ONLY, post=MOVED_ON, **DRAFT_IS_STRANGE),
    Line(
        "/library/{deck}/leave/",
        get=row(ON, nobody=SIGN_IN, ada=200, ben=200),
        post=MOVED_ON,
        **DRAFT_IS_STRANGE,
    ),
    Line(
        "/library/{deck}/limits/",
        get=POST_ONLY,
        post=MOVED_ON,
        data={"new_per_day": "5", "reviews_per_day": "50"},
        **DRAFT_IS_STRANGE,
    ),
    Line(
        "/settings/",
        get=SIGNED_IN,
        post=MOVED_ON,
        data={"section": "name", "first_name": "A", "last_name": "B"},
    ),
    Line("/settings/effect/?retention=85", get=SIGNED_IN),
    Line("/settings/zones/", get=SIGNED_IN),
    Line("/settings/data/", get=SIGNED_IN),
    Line("/settings/data/openings/", get=SIGNED_IN),
    Line("/settings/data/file/", get=POST_ONLY, post=MOVED_ON),
    Line(
        "/settings/data/erase/",
        get=SIGNED_IN,
        post=row(422, nobody=SIGN_IN, ada=SIGN_IN),
        data={"password": "password", "name": "ada"},
    ),
]

INSTRUCTORS = row(404, nobody=SIGN_IN, ivy=200, admin=200)
INSTRUCTORS_ON = row(404, nobody=SIGN_IN, ivy=ON, admin=ON)
SEEN_BY_ADMINS = {"strange": {"cohort": "other_cohort"}, "sees": ("admin",)}
ONE_STUDENT = {"strange": {"cohort": "other_cohort", "ada_public_id": "ben_public_id"}}

CLASSES = [
    Line("/classes/", get=SIGNED_IN),
    Line("/classes/new/", get=INSTRUCTORS, post=INSTRUCTORS_ON, data={"name": "New", "decks": "{deck_pk}"}),
    Line("/classes/{cohort}/", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line("/classes/{cohort}/behind/", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line("/classes/{cohort}/table.csv", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line(
        "/classes/{cohort}/code/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data={"do": "renew", "code": "{join_code}"},
        **SEEN_BY_ADMINS,
    ),
    Line(
        "/classes/{cohort}/edit/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data={"name": "Other", "decks": "{deck_pk}"},
        **SEEN_BY_ADMINS,
    ),
    Line("/classes/{cohort}/archive/", get=INSTRUCTORS_ON, post=INSTRUCTORS_ON, **SEEN_BY_ADMINS),
    Line(
        "/classes/{cohort}/instructors/",
        get=INSTRUCTORS_ON,
        post=INSTRUCTORS_ON,
        data={"who": "max", "role": "assistant"},
        **SEEN_BY_ADMINS,
    ),
    Line(
        "/classes/{cohort}/instructors/{ivy}/remove/",
        get=INSTRUCTORS_ON,
        post=INSTRUCTORS_ON,
        strange={"cohort": "other_cohort", "ivy": "ben"},
    ),
    Line(
        "/classes/{cohort}/leave/",
        get=row(404, nobody=SIGN_IN, ada=200),
        post=row(404, nobody=SIGN_IN, ada=ON),
        strange={"cohort": "other_cohort"},
    ),
    Line("/classes/{cohort}/students/{ada_public_id}/", get=INSTRUCTORS, **ONE_STUDENT),
    Line("/classes/{cohort}/students/{ada_public_id}/remove/", get=INSTRUCTORS, post=INSTRUCTORS_ON, **ONE_STUDENT),
    Line(
        "/classes/{cohort}/roster/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data={"lines": "kim@example.org"},
        **SEEN_BY_ADMINS,
    ),
    Line(
        "/classes/{cohort}/roster/{ivys_list}/",
        get=row(404, nobody=SIGN_IN, ivy=200),
        post=row(404, nobody=SIGN_IN, ivy=ON),
        data={"do": "cancel"},
        strange={"cohort": "other_cohort", "ivys_list": "other_list"},
    ),
    Line(
        "/classes/{cohort}/roster/invitations/",
        get=INSTRUCTORS_ON,
        post=INSTRUCTORS_ON,
        data={"do": "send"},
        **SEEN_BY_ADMINS,
    ),
    Line("/classes/{cohort}/roster/links.csv", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line("/classes/{cohort}/groups/", get=INSTRUCTORS, post=INSTRUCTORS_ON, data={"name": "Friday"}, **SEEN_BY_ADMINS),
    Line(
        "/classes/{cohort}/groups/{group}/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data={"do": "fill", "student": "{ada}"},
        strange={"cohort": "other_cohort", "group": "other_group"},
    ),
    Line(
        "/classes/{cohort}/copy/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data={"name": "Anatomy, next term"},
        **SEEN_BY_ADMINS,
    ),
    Line(
        "/classes/{cohort}/downloads/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data={"what": "reviews", "ending": "csv"},
        **SEEN_BY_ADMINS,
    ),
    Line("/classes/{cohort}/downloads/reviews.csv", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line("/classes/{cohort}/downloads/sections.xlsx?who=pseudonyms", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line(
        "/classes/{cohort}/downloads/{ivys_file}/",
        get=row(404, nobody=SIGN_IN, ivy=200),
        post=row(404, nobody=SIGN_IN, ivy=ON),
        strange={"cohort": "other_cohort", "ivys_file": "other_file"},
    ),
    Line(
        "/classes/{cohort}/downloads/{ivys_file}/file/",
        get=row(404, nobody=SIGN_IN, ivy=200),
        strange={"cohort": "other_cohort", "ivys_file": "other_file"},
    ),
    Line("/classes/{cohort}/confusions/", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line(
        "/classes/{cohort}/confusions/give/",
        get=row(405, nobody=SIGN_IN),
        post=INSTRUCTORS_ON,
        data={"asked": "{fact_pk}", "taken_for": "{other_fact_pk}"},
        **SEEN_BY_ADMINS,
    ),
    Line(
        "/classes/{cohort}/confusions/{contrast}/withdraw/",
        get=row(405, nobody=SIGN_IN),
        post=INSTRUCTORS_ON,
        strange={"cohort": "other_cohort", "contrast": "other_contrast"},
    ),
    Line("/join/", get=SIGNED_IN, post=MOVED_ON, data={"code": "{join_code}"}),
    Line("/join/{join_code}/", get=SIGNED_IN, post=MOVED_ON, strange={"join_code": "no_code"}),
]

ONE_GRADE = {"strange": {**ONE_STUDENT["strange"], "quiz_kind": "no_kind", "quiz": "other_quiz"}}
GRADE = {"do": "override", "percent": "75", "reason": "Oral.", "seen": "0"}
RULING = {"do": "rule", "kind": "drop", "reason": "Wrong.", "seen": "0"}
QUIZ_IS_STRANGE = {"cohort": "other_cohort", "quiz": "other_quiz"}

GRADES = [
    Line("/grades/", get=SIGNED_IN),
    Line("/classes/{cohort}/questions/", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line("/classes/{cohort}/questions/questions.csv", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line("/classes/{cohort}/questions/questions.xlsx", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line(
        "/classes/{cohort}/questions/{iron_card}/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data={"form_id": "{nobodys_answer}", "message": "Is it not copper?"},
        strange={"cohort": "other_cohort", "iron_card": "draft_card"},
    ),
    Line("/classes/{cohort}/grades/", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line("/classes/{cohort}/grades/grades.csv", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line("/classes/{cohort}/grades/grades.xlsx", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line("/classes/{cohort}/grades/attempts.csv", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line(
        "/classes/{cohort}/grades/{ada_public_id}/{quiz_kind}/{quiz}/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data=GRADE,
        **ONE_GRADE,
    ),
    Line("/classes/{cohort}/quizzes/{quiz}/results/", get=INSTRUCTORS, strange=QUIZ_IS_STRANGE),
    Line(
        "/classes/{cohort}/quizzes/{quiz}/results/{ada_attempt}/",
        get=INSTRUCTORS,
        strange={**QUIZ_IS_STRANGE, "ada_attempt": "nobodys_answer"},
    ),
    Line(
        "/classes/{cohort}/quizzes/{quiz}/rulings/{item}/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data=RULING,
        strange={**QUIZ_IS_STRANGE, "item": "no_item"},
    ),
]

MESSAGES = [
    Line("/messages/", get=SIGNED_IN),
    Line("/classes/{cohort}/messages/", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line(
        "/classes/{cohort}/messages/new/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data={"do": "send", "audience": "all", "subject": "Room", "body": "It is room 5."},
        **SEEN_BY_ADMINS,
    ),
    Line(
        "/classes/{cohort}/messages/{message}/",
        get=INSTRUCTORS,
        strange={"cohort": "other_cohort", "message": "other_message"},
    ),
    Line("/reminders/off/{reminders_off}/", get=OPEN, post=OPEN, strange={"reminders_off": "no_token"}),
]

OF_ADA = {"strange": {"assignment": "other_assignment"}}
ONE_ASSIGNMENT = {"strange": {"cohort": "other_cohort", "assignment": "other_assignment"}}
ASSIGNED = {
    "title": "Week 1",
    "deck": "{class_deck}",
    "opens_at": "2026-03-10T08:00",
    "closes_at": "2026-03-17T23:59",
    "counts": "days",
    "days_needed": "5",
    "pass_mark": "80",
}

ASSIGNMENTS = [
    Line("/work/", get=SIGNED_IN),
    Line("/assignments/{assignment}/", get=row(404, nobody=SIGN_IN, ada=200), **OF_ADA),
    Line(
        "/classes/{cohort}/assignments/new/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data=ASSIGNED,
        **SEEN_BY_ADMINS,
    ),
    Line("/classes/{cohort}/assignments/{assignment}/", get=INSTRUCTORS, **ONE_ASSIGNMENT),
    Line(
        "/classes/{cohort}/assignments/{assignment}/edit/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data=ASSIGNED,
        **ONE_ASSIGNMENT,
    ),
    Line(
        "/classes/{cohort}/assignments/{assignment}/publish/",
        get=INSTRUCTORS_ON,
        post=INSTRUCTORS_ON,
        data={"do": "withdraw"},
        **ONE_ASSIGNMENT,
    ),
    Line("/classes/{cohort}/assignments/{assignment}/delete/", get=INSTRUCTORS, post=INSTRUCTORS_ON, **ONE_ASSIGNMENT),
    Line(
        "/classes/{cohort}/students/{ada_public_id}/accommodations/",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data={"place": "class", "class-extra_time_percent": "25"},
        **ONE_STUDENT,
    ),
]

ONE_QUIZ = {"strange": {"cohort": "other_cohort", "draft_quiz": "other_quiz"}}
QUIZ_FORM = {
    "title": "Week 3",
    "opens_at": "2026-03-20T14:00",
    "closes_at": "2026-03-27T14:00",
    "attempts_allowed": "1",
    "counting": "best",
    "feedback": "after",
    "picking": "picked",
    "forms_of": "same",
    "rows-TOTAL_FORMS": "0",
    "rows-INITIAL_FORMS": "0",
}

QUIZZES = [
    Line("/classes/{cohort}/quizzes/", get=INSTRUCTORS, **SEEN_BY_ADMINS),
    Line(
        "/classes/{cohort}/quizzes/new/?deck={deck}",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data=QUIZ_FORM,
        strange={"cohort": "other_cohort", "deck": "draft"},
    ),
    Line("/classes/{cohort}/quizzes/{draft_quiz}/", get=INSTRUCTORS, **ONE_QUIZ),
    Line(
        "/classes/{cohort}/quizzes/{draft_quiz}/edit/", get=INSTRUCTORS, post=INSTRUCTORS_ON, data=QUIZ_FORM, **ONE_QUIZ
    ),
    Line(
        "/classes/{cohort}/quizzes/{draft_quiz}/pick/?section=uses",
        get=INSTRUCTORS,
        post=INSTRUCTORS_ON,
        data={"do": "remove", "hash": "none"},
        **ONE_QUIZ,
    ),
    Line("/classes/{cohort}/quizzes/{draft_quiz}/preview/", get=INSTRUCTORS, post=INSTRUCTORS_ON, **ONE_QUIZ),
    Line(
        "/classes/{cohort}/quizzes/{draft_quiz}/publish/",
        get=INSTRUCTORS_ON,
        post=INSTRUCTORS_ON,
        data={"do": "publish"},
        **ONE_QUIZ,
    ),
    Line("/classes/{cohort}/quizzes/{draft_quiz}/delete/", get=INSTRUCTORS, post=INSTRUCTORS_ON, **ONE_QUIZ),
]

TAKEN = row(404, nobody=SIGN_IN, ada=200)
TAKEN_ON = row(404, nobody=SIGN_IN, ada=ON)
AN_ATTEMPT = {"strange": {"ada_sitting": "strangers_sitting"}}
HANDED_IN = {"strange": {"ada_handed_in": "strangers_handed_in"}}

QUIZZES_TAKEN = [
    Line("/quizzes/{open_quiz}/", get=TAKEN, strange={"open_quiz": "strangers_quiz"}),
    Line("/quizzes/{open_quiz}/start/", get=POST_ONLY, post=TAKEN_ON, strange={"open_quiz": "strangers_quiz"}),
    Line("/attempts/{ada_sitting}/1/", get=TAKEN, post=TAKEN_ON, data={"choice": "1", "go": "2"}, **AN_ATTEMPT),
    Line("/attempts/{ada_sitting}/1/save/", get=TAKEN, post=TAKEN, data={"choice": "1"}, **AN_ATTEMPT),
    Line("/attempts/{ada_sitting}/end/", get=TAKEN, post=TAKEN_ON, **AN_ATTEMPT),
    Line("/attempts/{ada_handed_in}/review/", get=TAKEN, **HANDED_IN),
    Line("/attempts/{ada_handed_in}/practice/", get=POST_ONLY, post=TAKEN_ON, **HANDED_IN),
    Line(
        "/attempts/{ada_handed_in}/1/report/",
        get=TAKEN,
        post=TAKEN_ON,
        data={"kind": "unclear", "report": "00000000-0000-4000-8000-000000000001"},
        **HANDED_IN,
    ),
    Line(
        "/study/practice/{deck}/attempt/{ada_handed_in}/",
        get=TAKEN,
        strange={"deck": "draft", "ada_handed_in": "strangers_handed_in"},
    ),
]

ADMIN_SITE = [
    Line("/admin/", get=EDITORS, post=EDITORS),
    Line("/admin/quizzes/", get=EDITORS, post=EDITORS),
    Line(
        "/admin/login/", get=row(403, nobody=SIGN_IN, eve=ON, admin=ON), post=row(403, nobody=SIGN_IN, eve=ON, admin=ON)
    ),
    Line(
        "/admin/logout/",
        get=row(ON, nobody=SIGN_IN, eve=405, admin=405),
        post=row(ON, nobody=SIGN_IN, eve=SIGN_IN, admin=SIGN_IN),
    ),
    Line("/admin/password_change/", get=EDITORS, post=EDITORS),
    Line("/admin/password_change/done/", get=EDITORS, post=STAFF_READ),
    Line("/admin/jsi18n/", get=EDITORS, post=STAFF_READ),
    Line(
        "/admin/autocomplete/?app_label=quizzes&model_name=overlap&field_name=offered&term=iron",
        get=EDITORS,
        post=STAFF_READ,
    ),
    Line("/admin/r/1/1/", get=row(SIGN_IN, eve=404, admin=404), post=row(SIGN_IN, eve=404, admin=404)),
    Line("/admin/no/such/page", get=row(SIGN_IN, eve=404, admin=404), post=row(SIGN_IN, eve=404, admin=404)),
]

ADMIN_OF_CONTENT = [
    *editing("quizzes/deck", "deck_pk", EDITORS),
    *editing("quizzes/section", "section_pk", EDITORS),
    *editing("quizzes/fact", "fact_pk", EDITORS),
    Line("/admin/quizzes/deck/{deck_pk}/quality/", get=EDITORS, post=EDITED),
    Line("/admin/quizzes/deck/{deck_pk}/work-left/", get=EDITORS, post=STAFF_READ),
    Line("/admin/quizzes/deck/import/", get=EDITORS, post=EDITORS),
    Line("/admin/quizzes/deck/{deck_pk}/import/", get=EDITORS, post=EDITORS),
    Line("/admin/quizzes/deck/{deck_pk}/export/csv/", get=EDITORS, post=EDITORS),
    Line("/admin/quizzes/deck/uploads/{eves_upload}/", get=OF_EVE, post=OF_EVE_ON, data={"do": "cancel"}),
    Line("/admin/quizzes/deck/{deck_pk}/pairs/", get=EDITORS, post=EDITED),
    Line("/admin/quizzes/deck/{deck_pk}/pairs/undo/", get=STAFF_READ, post=EDITED),
    Line("/admin/quizzes/section/preview/", get=STAFF_READ, post=EDITORS),
    Line("/admin/quizzes/section/{section_pk}/preview/", get=STAFF_READ, post=EDITORS),
    Line("/admin/quizzes/fact/preview/", get=STAFF_READ, post=EDITORS),
    Line("/admin/quizzes/fact/{fact_pk}/preview/", get=STAFF_READ, post=EDITORS),
    Line("/admin/quizzes/fact/{fact_pk}/versions/1/restore/", get=EDITORS, post=EDITORS),
]

ADMIN_OF_REPORTS = [
    Line("/admin/quizzes/problemreport/", get=EDITORS, post=EDITORS),
    Line("/admin/quizzes/problemreport/add/", get=NO_EDITOR, post=NO_EDITOR),
    Line("/admin/quizzes/problemreport/{report_pk}/", get=EDITED, post=EDITED),
    Line("/admin/quizzes/problemreport/{report_pk}/change/", get=EDITORS, post=EDITORS),
    Line("/admin/quizzes/problemreport/{report_pk}/history/", get=EDITORS, post=EDITORS),
    Line("/admin/quizzes/problemreport/{report_pk}/delete/", get=NO_EDITOR, post=NO_EDITOR),
    Line("/admin/quizzes/cardstatistics/", get=EDITORS, post=EDITORS),
    Line("/admin/quizzes/cardstatistics/add/", get=NO_EDITOR, post=NO_EDITOR),
    Line("/admin/quizzes/cardstatistics/{iron_statistics}/", get=EDITED, post=EDITED),
    Line("/admin/quizzes/cardstatistics/{iron_statistics}/change/", get=EDITORS, post=NO_EDITOR),
    Line("/admin/quizzes/cardstatistics/{iron_statistics}/history/", get=EDITORS, post=EDITORS),
    Line("/admin/quizzes/cardstatistics/{iron_statistics}/delete/", get=NO_EDITOR, post=NO_EDITOR),
]

ADMIN_OF_PEOPLE = [
    *editing("quizzes/user", "ada", ADMINS),
    *(line for line in editing("quizzes/invitation", "invitation_pk", ADMINS) if "/change/" not in line.address),
    Line("/admin/quizzes/invitation/{invitation_pk}/change/", get=ADMINS, post=row(SIGN_IN, eve=403, admin=403)),
    Line("/admin/quizzes/user/{ada}/password/", get=ADMINS, post=ADMINS),
]

GROUPS = {
    "the site": SITE,
    "accounts": PEOPLES_ACCOUNTS,
    "study": STUDY,
    "progress": PROGRESS,
    "library and settings": LIBRARY,
    "messages": MESSAGES,
    "classes": CLASSES,
    "grades": GRADES,
    "assignments": ASSIGNMENTS,
    "quizzes": QUIZZES,
    "quizzes taken": QUIZZES_TAKEN,
    "the admin's own pages": ADMIN_SITE,
    "content in the admin": ADMIN_OF_CONTENT,
    "reports in the admin": ADMIN_OF_REPORTS,
    "people in the admin": ADMIN_OF_PEOPLE,
}
