"""Forms that show beside them what they make while they are being filled in. Nothing here writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from quizzes.selectors.content.preview import Note

Formsets = list[Any]


@dataclass(frozen=True, slots=True)
class NotedField:
    """What stands beside one field of the form, from the preview."""

    notes: tuple[Note, ...]


def with_errors(notes: Mapping[str, Iterable[Note]], form: Any) -> dict[str, tuple[Note, ...]]:  # noqa: ANN401
    """The notes by field, faults of the form first; fields that are still to be filled are no faults yet."""
    found: dict[str, tuple[Note, ...]] = {}
    for name, kept in notes.items():
        errors = form.errors.as_data().get(name, []) if form.is_bound else []
        texts = [text for error in errors if error.code != "required" for text in error.messages]
        found[name] = (*(Note("error", text) for text in texts), *kept)
    return found


class PreviewAdmin(admin.ModelAdmin):
    """A page whose form is also sent, unsaved, to an address that answers with a preview."""

    preview_template = ""

    def preview_of(self, form: Any, formsets: Formsets) -> dict[str, Any]:  # noqa: ANN401
        """What the preview's template prints for a form that has been validated. Never writes."""
        raise NotImplementedError

    def preview_of_saved(self, obj: Any) -> dict[str, Any]:  # noqa: ANN401
        """The same for a row as it is, or for the empty form of a new one (None)."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        """With the addresses of the preview of a new row and of one that is there."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        own = [path("preview/", view, name=f"{name}_new"), path("<path:object_id>/preview/", view, name=name)]
        return [*own, *super().get_urls()]

    def preview_address(self, obj: models.Model | None) -> str:
        """Where the form of a row is sent to be previewed."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_preview"
        return reverse(name, args=[obj.pk]) if obj else reverse(f"{name}_new")

    def preview_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """The preview of the form sent: a fragment for the page's script, without script the whole page again."""
        obj = self._wanted(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form, formsets, inlines = self._bound(request, obj)
        if request.headers.get("HX-Request"):
            return TemplateResponse(request, self.preview_template, {**self.preview_of(form, formsets), "swap": True})
        return self._whole_page(request, obj, form, formsets, inlines)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        """The page with its preview, made from the form as it stands there."""
        obj = kwargs.get("obj")
        if "preview" not in context and self._may_edit(request, obj):
            form = context["adminform"].form
            below = [inline.formset for inline in context["inline_admin_formsets"]]
            context |= self.preview_of(form, below) if form.is_bound else self.preview_of_saved(obj)
        if "preview" in context:
            context |= {"preview_template": self.preview_template, "preview_address": self.preview_address(obj)}
            for name, notes in context["notes"].items():
                if name in context["adminform"].form.fields:
                    context["adminform"].form[name].notes = NotedField(tuple(notes))
        return super().render_change_form(request, context, *args, **kwargs)

    def _wanted(self, request: HttpRequest, object_id: str | None) -> Any:  # noqa: ANN401
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and obj is None:
            raise Http404
        if not self._may_edit(request, obj):
            raise PermissionDenied
        return obj

    def _may_edit(self, request: HttpRequest, obj: models.Model | None) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def _bound(self, request: HttpRequest, obj: Any) -> tuple[Any, Formsets, list[Any]]:  # noqa: ANN401
        form = self.get_form(request, obj, change=bool(obj))(request.POST, instance=obj)
        form.is_valid()
        formsets, inlines = self._create_formsets(request, form.instance, change=bool(obj))  # type: ignore[attr-defined]
        return form, formsets, inlines

    def _whole_page(self, request: HttpRequest, obj: Any, form: Any, formsets: Formsets, inlines: Any) -> HttpResponse:  # noqa: ANN401
        shown = helpers.AdminForm(
            form,
            list(self.get_fieldsets(request, obj)),  # type: ignore[arg-type]
            self.get_prepopulated_fields(request, obj),
            self.get_readonly_fields(request, obj),
            model_admin=self,
        )
        below = self.get_inline_formsets(request, formsets, inlines, obj)
        media = self.media + shown.media
        for inline in below:
            media += inline.media
        context = {
            **self.admin_site.each_context(request),
            **self.preview_of(form, formsets),
            "title": _("Preview: nothing is saved yet"),
            "adminform": shown,
            "object_id": str(obj.pk) if obj else None,
            "original": obj,
            "is_popup": False,
            "to_field": None,
            "media": media,
            "inline_admin_formsets": below,
            "errors": helpers.AdminErrorList(form, formsets),
            "preserved_filters": self.get_preserved_filters(request),
        }
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        address = reverse(f"{name}_change", args=[obj.pk]) if obj else reverse(f"{name}_add")
        return self.render_change_form(request, context, add=not obj, change=bool(obj), obj=obj, form_url=address)
