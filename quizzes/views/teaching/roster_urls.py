"""Addresses of a class's people: lists of students, invitations, groups, and the copy for a new term."""

from django.urls import path

from quizzes.views.teaching import groups, roster

urlpatterns = [
    path("classes/<int:pk>/roster/", roster.roster, name="class-roster"),
    path("classes/<int:pk>/roster/links.csv", roster.links, name="class-roster-links"),
    path("classes/<int:pk>/roster/invitations/", roster.invitations, name="class-roster-invitations"),
    path("classes/<int:pk>/roster/<int:upload_id>/", roster.upload, name="class-roster-upload"),
    path("classes/<int:pk>/groups/", groups.groups, name="class-groups"),
    path("classes/<int:pk>/groups/<int:group_id>/", groups.group, name="class-group"),
    path("classes/<int:pk>/copy/", groups.copy, name="class-copy"),
]
