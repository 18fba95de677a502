"""Addresses of the app."""

from django.contrib import admin
from django.urls import include, path

from quizzes.views.study import beside, browse, home, library, progress, reporting, session, settings, welcome
from quizzes.views.teaching import classes, joining
from quizzes.views.teaching import settings as class_settings

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("quizzes.views.people.urls")),
    path("welcome/<slug:slug>/", welcome.welcome, name="welcome"),
    path("study/", session.study, name="study"),
    path("study/practice/", beside.practice, name="practice"),
    path("study/practice/<slug:slug>/", session.practise, name="practice-deck"),
    path("study/practice/<slug:slug>/<slug:section>/", session.practise, name="practice-section"),
    path("study/why/<int:card_id>/", beside.why, name="why"),
    path("study/reports/", reporting.reports, name="reports"),
    path("study/report/", reporting.report, name="report"),
    path("study/contrast/<slug:slug>/", beside.contrast, name="contrast"),
    path("compare/<slug:slug>/", beside.compare, name="compare"),
    path("study/answer/", session.answer, name="answer"),
    path("study/guessed/", session.guessed, name="guessed"),
    path("study/undo/", session.undo, name="undo"),
    path("study/mark/", session.mark, name="mark-card"),
    path("study/answered/<uuid:client_id>/", session.answered, name="answered"),
    path("study/deck/<slug:slug>/", session.study, name="study-deck"),
    path("study/deck/<slug:slug>/begin/", session.begin, name="begin-deck"),
    path("study/deck/<slug:slug>/more/", session.more_new, name="more-new"),
    path("progress/", progress.progress, name="progress"),
    path("progress/<slug:slug>/", progress.progress, name="progress-deck"),
    path("browse/<slug:slug>/", browse.deck, name="browse"),
    path("browse/<slug:slug>/<path:code>/", browse.fact, name="browse-fact"),
    path("library/", library.library, name="library"),
    path("library/<slug:slug>/", library.deck, name="library-deck"),
    path("library/<slug:slug>/join/", library.join, name="join-deck"),
    path("library/<slug:slug>/pause/", library.pause, name="pause-deck"),
    path("library/<slug:slug>/leave/", library.leave, name="leave-deck"),
    path("library/<slug:slug>/limits/", library.limits, name="deck-limits"),
    path("settings/", settings.settings, name="settings"),
    path("settings/effect/", settings.effect, name="settings-effect"),
    path("settings/zones/", settings.zones, name="settings-zones"),
    path("classes/", classes.classes, name="classes"),
    path("classes/new/", class_settings.new, name="class-new"),
    path("classes/<int:pk>/", classes.show, name="class"),
    path("classes/<int:pk>/table.csv", classes.table, name="class-table"),
    path("classes/<int:pk>/code/", class_settings.code, name="class-code"),
    path("classes/<int:pk>/edit/", class_settings.edit, name="class-edit"),
    path("classes/<int:pk>/archive/", class_settings.archive, name="class-archive"),
    path("classes/<int:pk>/instructors/", class_settings.instructors, name="class-instructors"),
    path(
        "classes/<int:pk>/instructors/<int:user_id>/remove/",
        class_settings.instructor_remove,
        name="class-instructor-remove",
    ),
    path("classes/<int:pk>/quizzes/", include("quizzes.views.teaching.quiz_urls")),
    path("classes/<int:pk>/leave/", joining.leave, name="class-leave"),
    path("classes/<int:pk>/students/<uuid:public_id>/", classes.student, name="class-student"),
    path("classes/<int:pk>/students/<uuid:public_id>/remove/", joining.remove, name="class-student-remove"),
    path("join/", joining.join, name="join"),
    path("join/<str:code>/", joining.join_class, name="join-class"),
    path("admin/", admin.site.urls),
]
