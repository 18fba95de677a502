"""Addresses of what is kept of a person: who opened it, all of it as a file, and erasing it."""

from django.urls import path

from quizzes.views.teaching import own_data

urlpatterns = [
    path("settings/data/", own_data.data, name="own-data"),
    path("settings/data/openings/", own_data.openings, name="own-openings"),
    path("settings/data/file/", own_data.export, name="own-data-file"),
    path("settings/data/erase/", own_data.erase, name="own-data-erase"),
]
