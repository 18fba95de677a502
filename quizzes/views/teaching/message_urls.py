"""Addresses of messages."""

from django.urls import path

from quizzes.views.teaching import messages

urlpatterns = [
    path("classes/<int:pk>/messages/", messages.listed, name="class-messages"),
    path("classes/<int:pk>/messages/new/", messages.new, name="class-message-new"),
    path("classes/<int:pk>/messages/<int:message_id>/", messages.show, name="class-message"),
    path("messages/", messages.own, name="own-messages"),
]
