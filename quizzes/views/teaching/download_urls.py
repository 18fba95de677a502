"""Addresses of the files of a class."""

from django.urls import path

from quizzes.views.teaching import downloads

urlpatterns = [
    path("classes/<int:pk>/downloads/", downloads.downloads, name="class-downloads"),
    path("classes/<int:pk>/downloads/<slug:what>.<slug:ending>", downloads.now, name="class-download-now"),
    path("classes/<int:pk>/downloads/<int:download_id>/", downloads.download, name="class-download"),
    path("classes/<int:pk>/downloads/<int:download_id>/file/", downloads.file, name="class-download-file"),
]
