"""Addresses of taking a quiz."""

from django.urls import path

from quizzes.views.teaching import attempts, responses

urlpatterns = [
    path("quizzes/<int:pk>/", attempts.own_quiz, name="own-quiz"),
    path("quizzes/<int:pk>/start/", attempts.start, name="quiz-start"),
    path("attempts/<uuid:public_id>/<int:position>/", responses.question, name="attempt-question"),
    path("attempts/<uuid:public_id>/<int:position>/save/", responses.save, name="attempt-save"),
    path("attempts/<uuid:public_id>/<int:position>/report/", responses.report, name="attempt-report"),
    path("attempts/<uuid:public_id>/end/", attempts.end, name="attempt-end"),
    path("attempts/<uuid:public_id>/review/", attempts.review, name="attempt-review"),
    path("attempts/<uuid:public_id>/practice/", attempts.practice, name="attempt-practice"),
]
