import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from quizzes.models import Profile


@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "Pacific/Kiritimati"])
def test_a_zone_of_the_iana_database_is_fine(ada, zone):
    Profile(user=ada, time_zone=zone).full_clean()


@pytest.mark.parametrize("zone", ["", "London", "GMT+25"])
def test_anything_else_is_no_zone(ada, zone):
    with pytest.raises(ValidationError) as error:
        Profile(user=ada, time_zone=zone).full_clean()
    assert list(error.value.message_dict) == ["time_zone"]


def test_a_student_number_belongs_to_one_person_and_may_be_missing(ada, ben, ivy):
    Profile.objects.create(user=ada)
    Profile.objects.create(user=ben, external_id="4711")
    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.create(user=ivy, external_id="4711")
    Profile.objects.create(user=ivy)


def test_everybody_has_a_public_id_of_their_own(ada, ben):
    assert Profile.objects.create(user=ada).public_id != Profile.objects.create(user=ben).public_id
