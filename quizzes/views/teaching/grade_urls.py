"""Addresses of grades: of a class, of a quiz, and of a student."""

from django.urls import path

from quizzes.views.teaching import grades, quiz_results

urlpatterns = [
    path("grades/", grades.own, name="own-grades"),
    path("classes/<int:pk>/grades/", grades.gradebook, name="class-grades"),
    path("classes/<int:pk>/grades/grades.csv", grades.grades_csv, name="class-grades-csv"),
    path("classes/<int:pk>/grades/grades.xlsx", grades.grades_xlsx, name="class-grades-xlsx"),
    path("classes/<int:pk>/grades/attempts.csv", grades.attempts_csv, name="class-attempts-csv"),
    path("classes/<int:pk>/grades/<uuid:public_id>/<slug:kind>/<int:thing_id>/", grades.grade, name="class-grade"),
    path("classes/<int:pk>/quizzes/<int:quiz_id>/results/", quiz_results.results, name="class-quiz-results"),
    path(
        "classes/<int:pk>/quizzes/<int:quiz_id>/results/<uuid:public_id>/", quiz_results.attempt, name="class-attempt"
    ),
    path("classes/<int:pk>/quizzes/<int:quiz_id>/rulings/<slug:item_hash>/", quiz_results.ruling, name="class-ruling"),
]
