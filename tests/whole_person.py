"""Somebody of whom the site keeps a row in every table that can hold one, so that nothing of them can be forgotten."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from quizzes.models import (
    AccessRecord,
    Accommodation,
    AssignmentCount,
    AssignmentResult,
    ClassContrast,
    CodeTries,
    ContrastAnswer,
    DeckSurvey,
    Download,
    DueWork,
    GradeChange,
    Invitation,
    ItemRuling,
    MemoryFit,
    NoticeRead,
    Overlap,
    PairJudgement,
    ParameterSet,
    RosterUpload,
    StudentConfusions,
    Upload,
    User,
)
from quizzes.services.people.roles import STUDENT
from quizzes.services.teaching.opening import note_opening
from tests.factories import (
    NOW,
    AssignmentFactory,
    CopyFactory,
    MessageFactory,
    ReportFactory,
    correct_predictions,
)
from tests.sitting import quiz_of, take
from tests.study import IRON, begin, put, rate

NAME, FIRST, LAST, ADDRESS = "zebedee", "Zebedee", "Quillfeather", "zebedee@quillfeather.example"


def references():
    """Every column of the database that holds a person, as (name, model, field)."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.concrete and field.related_model is User and not field.many_to_many:
                yield f"{model._meta.app_label}.{model.__name__}.{field.name}", model, field


def rows_of(user):
    """How many rows of each such column are of this person."""
    return {name: model._base_manager.filter(**{field.name: user.pk}).count() for name, model, field in references()}


def texts():
    """All that the database says in words, row by row."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            yield model.__name__, repr(row)


def named():
    """Make the person."""
    user = User.objects.create_user(NAME, ADDRESS, "password", first_name=FIRST, last_name=LAST)
    EmailAddress.objects.create(user=user, email=ADDRESS, primary=True, verified=True)
    return user


def fill(user, deck, cohort, by):
    """Let the site keep something of the person in every table; `by` is an instructor of their class `cohort`."""
    begin(user, deck)
    for number in (3, 1):
        rate(user, IRON, number)
    put(user, IRON)
    correct_predictions(user)
    quiz = quiz_of(deck, user, cohort=cohort, forms="fresh")
    take(user, quiz, True, False)
    assignment = AssignmentFactory(cohort=cohort, deck=deck)
    about = {"user": user, "assignment": assignment}
    AssignmentResult.objects.create(**about, closed_at=NOW, mark=0.5, made_at=NOW)
    AssignmentCount.objects.create(**about, last_seq=1, basis="x", days=1)
    Accommodation.objects.create(cohort=cohort, user=user, extra_time_percent=25, note="Dyslexia.", given_at=NOW)
    GradeChange.objects.create(user=user, quiz=quiz, kind="override", mark=1, reason="Oral.", changed_at=NOW)
    CopyFactory(message=MessageFactory(cohort=cohort, sender=by, body=f"Dear {FIRST}"), user=user, address=ADDRESS)
    CopyFactory(message=MessageFactory(cohort=cohort, sender=user, body="To all"))
    ReportFactory(reporter=user, message=f"{LAST} thinks it is wrong.", answer="copper")
    ReportFactory(handled_by=user)
    one, other = deck.facts.order_by("pk")[:2]
    pair = ClassContrast.objects.create(cohort=cohort, asked=one, taken_for=other, given_at=NOW, ends_on=NOW.date())
    ContrastAnswer.objects.create(user=user, contrast=pair, seq=1, correct=True, answered_at=NOW)
    StudentConfusions.objects.create(user=user, through_seq=1)
    DueWork.objects.create(user=user, deck=deck, day=NOW.date(), days=[[0, 1, 1]])
    NoticeRead.objects.create(user=user, key="version:1", read_at=NOW)
    CodeTries.objects.create(user=user, since=NOW, wrong=1)
    note_opening(person=user, by=by, what=AccessRecord.What.STUDENT, cohort=cohort, now=NOW)
    note_opening(person=by, by=user, what=AccessRecord.What.ACCOUNT, now=NOW)
    _parameters(user)
    _account(user)
    _work(user, deck, cohort, quiz)
    return user


def _parameters(user):
    """Two versions of their own, the newer in use."""
    first, second = (
        ParameterSet.objects.create(scope="person", user=user, version=version, values=[1.0], created_at=NOW)
        for version in (1, 2)
    )
    ParameterSet.objects.filter(pk=second.pk).update(parent=first)
    MemoryFit.objects.create(user=user, tried_at=NOW, answers=400, verdict="fitted", parameter_set=second)
    user.study_settings.parameter_set = second
    user.study_settings.save()


def _account(user):
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "hush"})
    AccessAttempt.objects.create(username=NAME, ip_address="127.0.0.1", failures_since_start=1, attempt_time=NOW)
    user.groups.add(*user.groups.model.objects.get_or_create(name=STUDENT)[:1])
    user.user_permissions.add(user.user_permissions.model.objects.first())
    used = {"email": ADDRESS, "role": STUDENT, "created_at": NOW, "expires_at": NOW}
    sent = Invitation.objects.create(token="used", used_by=user, used_at=NOW, **used)
    Invitation.objects.create(token="open", made_by=user, **{**used, "email": "kim@example.org"})
    entry = {"action_flag": CHANGE, "change_message": ""}
    for one in (user, sent):
        kind = ContentType.objects.get_for_model(one)
        LogEntry.objects.create(user=user, content_type=kind, object_id=one.pk, object_repr=str(one), **entry)


def _work(user, deck, cohort, quiz):
    """What they did for others."""
    facts = list(deck.facts.order_by("pk")[:2])
    Overlap.objects.create(direction="purpose_to_term", asked=facts[0], offered=facts[1], verdict="right")
    PairJudgement.objects.create(deck=deck, one=facts[0], other=facts[1], judged_at=NOW)
    DeckSurvey.objects.create(deck=deck, content_version=1, content={}, made_at=NOW)
    ItemRuling.objects.create(quiz=quiz, item_hash="0" * 64, kind="drop", reason="Wrong.", ruled_at=NOW)
    Upload.objects.create(deck=deck, kind="table", name="a.csv", data=b"x", uploaded_by=user, uploaded_at=NOW)
    RosterUpload.objects.create(cohort=cohort, data=b"x", uploaded_by=user, uploaded_at=NOW)
    Download.objects.create(cohort=cohort, what="reviews", ending="csv", asked_by=user, asked_at=NOW)
    for _name, model, field in references():
        kept = model._base_manager.filter(**{field.name: user.pk})
        if field.null and not kept.exists():
            first = model._base_manager.filter(**{field.name: None}).order_by("pk").first()
            if first is not None:
                model._base_manager.filter(pk=first.pk).update(**{field.name: user.pk})
