"""Pages of the admin with the scripts that they use, where Django gives all it has to every page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
LIST_MEDIA = forms.Media(js=["admin/js/actions.js"])
FORM_MEDIA = forms.Media(
    js=[
        "admin/js/vendor/jquery/jquery.min.js",
        "admin/js/jquery.init.js",
        "admin/js/admin/RelatedObjectLookups.js",
    ]
)


class LightAdmin(admin.ModelAdmin):
    """Lists and forms that are light on a first visit. What makes slugs comes with `prepopulated_fields_js.html`."""

    formfield_overrides: Any = {models.DateField: {"widget": DAY}}

    @property
    def media(self) -> forms.Media:
        """For forms; whatever their fields and inlines need is added to it."""
        return FORM_MEDIA

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ANN401
        """Lists need less."""
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data and "cl" in response.context_data:
            response.context_data["media"] = LIST_MEDIA
        return response
