"""Addresses of assignments, of a student's own work, and of what is granted to single students."""

from django.urls import path

from quizzes.views.teaching import accommodations, assignments, own_work

ONE = "classes/<int:pk>/assignments/<int:assignment_id>"

urlpatterns = [
    path("work/", own_work.work, name="own-work"),
    path("assignments/<int:assignment_id>/", own_work.assignment, name="own-assignment"),
    path("classes/<int:pk>/assignments/new/", assignments.new, name="class-assignment-new"),
    path(f"{ONE}/", assignments.show, name="class-assignment"),
    path(f"{ONE}/edit/", assignments.edit, name="class-assignment-edit"),
    path(f"{ONE}/publish/", assignments.publish, name="class-assignment-publish"),
    path(f"{ONE}/delete/", assignments.delete, name="class-assignment-delete"),
    path(
        "classes/<int:pk>/students/<uuid:public_id>/accommodations/",
        accommodations.accommodations,
        name="class-accommodations",
    ),
]
