"""Addresses of a class's questions."""

from django.urls import path

from quizzes.views.teaching import questions

urlpatterns = [
    path("", questions.questions, name="class-questions"),
    path("questions.csv", questions.questions_csv, name="class-questions-csv"),
    path("questions.xlsx", questions.questions_xlsx, name="class-questions-xlsx"),
    path("<int:card_id>/", questions.question, name="class-question"),
]
