"""Addresses below `classes/<pk>/quizzes/`, for those who teach the class."""

from django.urls import path

from quizzes.views.teaching import picking, quizzes

urlpatterns = [
    path("", quizzes.quizzes, name="class-quizzes"),
    path("new/", quizzes.new, name="class-quiz-new"),
    path("<int:quiz_id>/", quizzes.show, name="class-quiz"),
    path("<int:quiz_id>/edit/", quizzes.edit, name="class-quiz-edit"),
    path("<int:quiz_id>/pick/", picking.pick, name="class-quiz-pick"),
    path("<int:quiz_id>/preview/", quizzes.preview, name="class-quiz-preview"),
    path("<int:quiz_id>/publish/", quizzes.publish, name="class-quiz-publish"),
    path("<int:quiz_id>/delete/", quizzes.delete, name="class-quiz-delete"),
]
