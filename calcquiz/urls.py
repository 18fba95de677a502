"""Root of all addresses: the app's own, and the health check."""

from django.urls import include, path

from calcquiz.health import healthz

urlpatterns = [path("healthz", healthz, name="healthz"), path("", include("quizzes.urls"))]
