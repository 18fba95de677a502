"""Files kept between their upload and their import."""

from datetime import datetime, timedelta

from django.db import transaction

from quizzes.models import Deck, Upload, User

KEPT = timedelta(days=1)


@transaction.atomic
def keep_upload(
    *,
    deck: Deck | None,
    kind: str,
    name: str,
    data: bytes,
    by: User,
    now: datetime,
    title: str = "",
    slug: str = "",
    language: str = "en",
) -> Upload:
    """Keep a file until it is imported; files older than a day are forgotten. `deck` None makes a new deck."""
    Upload.objects.filter(uploaded_at__lt=now - KEPT).delete()
    return Upload.objects.create(
        deck=deck,
        kind=kind,
        name=name[:200],
        data=data,
        title=title,
        slug=slug,
        language=language,
        uploaded_by=by,
        uploaded_at=now,
    )


def forget_upload(*, upload: Upload) -> None:
    """Forget a file that was imported, or is not going to be."""
    Upload.objects.filter(pk=upload.pk).delete()
