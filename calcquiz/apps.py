"""Which of Django's own apps this site sets up in its own way."""

from django.contrib.admin.apps import AdminConfig


class WorkplaceConfig(AdminConfig):
    """The admin, with the app's own first page."""

    default_site = "quizzes.workplace.Workplace"
