"""Pages of the admin with the scripts that they use, where Django gives all it has to every page."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
LIST_MEDIA = forms.Media(js=["admin/js/actions.js"])


class PlainFields(admin.options.BaseModelAdmin):
    """Fields without jQuery: a choice has no buttons that open windows to add or change what is chosen."""

    formfield_overrides: ClassVar[Any] = {models.DateField: {"widget": DAY}}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:  # noqa: ANN401
        """The field's own widget, without its wrapping."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget = getattr(field.widget, "widget", field.widget)
        return field


class LightAdmin(PlainFields, admin.ModelAdmin):
    """Lists and forms that are light on a first visit. What makes slugs comes with `prepopulated_fields_js.html`."""

    @property
    def media(self) -> forms.Media:
        """Nothing that all forms need; what their fields and inlines need is added to it."""
        return forms.Media()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # noqa: ANN401
        """A list needs what counts the rows chosen."""
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data and "cl" in response.context_data:
            response.context_data["media"] = LIST_MEDIA
        return response


class LightInline(PlainFields, admin.StackedInline):
    """Rows below a form that are added and removed by `static/quizzes/rows.js`."""

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=["quizzes/rows.js"])
