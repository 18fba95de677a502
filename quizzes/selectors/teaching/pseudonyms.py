"""Names that stand for students in files: the same in every file of a class, of no use without the site's key."""

from uuid import UUID

from django.utils.crypto import salted_hmac

LENGTH = 12


def pseudonym(cohort_id: int, what: str, of: UUID | int | str) -> str:
    """What stands for a student (or for another thing, as `what` says) in the files of a class.

    A keyed hash (HMAC-SHA256) under the site's secret key and a salt of the class's own: another class gives the same
    student another name, and nobody finds the student from the name without the key. With another key all are others.
    """
    digest = salted_hmac(f"quizzes.pseudonyms/{cohort_id}/{what}", str(of), algorithm="sha256").hexdigest()
    return f"{what[0]}-{digest[:LENGTH]}"
