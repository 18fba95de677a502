"""Addresses of what a class takes for each other."""

from django.urls import path

from quizzes.views.teaching import confusions

urlpatterns = [
    path("classes/<int:pk>/confusions/", confusions.show, name="class-confusions"),
    path("classes/<int:pk>/confusions/give/", confusions.give, name="class-confusion-give"),
    path(
        "classes/<int:pk>/confusions/<int:contrast_id>/withdraw/",
        confusions.withdraw,
        name="class-confusion-withdraw",
    ),
]
