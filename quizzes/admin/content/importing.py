"""Tables and text guides uploaded, looked at, and imported into decks; decks written as tables."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.admin.content.deck_pages import DeckPagesAdmin
from quizzes.core.outcomes import Outcome
from quizzes.forms.content.uploads import UploadForm
from quizzes.models import Deck, Upload
from quizzes.selectors.content.exporting import deck_csv, deck_workbook
from quizzes.selectors.content.uploads import FIELDS, TablePage, deck_of, find_upload, outline_page, table_page
from quizzes.services.content.importing import StalePlanError, import_table
from quizzes.services.content.outlining import DeckExistsError, import_outline
from quizzes.services.content.uploading import forget_upload, keep_upload

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportAdmin(DeckPagesAdmin):
    """Decks made from files, added to from files, and written to files."""

    def get_urls(self) -> list[URLPattern]:
        """With the pages of an upload and the downloads."""
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.upload_view), name="quizzes_deck_import_new"),
            path("uploads/<int:pk>/", view(self.preview_view), name="quizzes_deck_upload"),
            path("<int:pk>/import/", view(self.upload_view), name="quizzes_deck_import"),
            path("<int:pk>/export/<str:kind>/", view(self.export_view), name="quizzes_deck_export"),
            *super().get_urls(),
        ]

    def upload_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The form for a file; what is sent is kept and shown before anything is written."""
        deck = self.deck_or_404(request, pk) if pk is not None else None
        if deck is None and not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(deck, request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            upload = keep_upload(
                deck=deck,
                kind=form.kind_of(file.name),
                name=file.name,
                data=file.read(),
                by=request.user,  # type: ignore[arg-type]
                now=timezone.now(),
                title=form.cleaned_data.get("title", ""),
                slug=getattr(form, "slug", ""),
                language=deck.language if deck else form.cleaned_data["language"],
            )
            return HttpResponseRedirect(reverse("admin:quizzes_deck_upload", args=[upload.pk]))
        title = _("Import facts") if deck else _("Import a deck")
        return self.page(request, "import", title=title, deck=deck, form=form)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the import would do; sent, it is done."""
        upload = find_upload(request.user, pk)  # type: ignore[arg-type]
        if upload is None:
            raise Http404
        allowed = self.has_change_permission(request, upload.deck) if upload.deck else self.has_add_permission(request)
        if not allowed:
            raise PermissionDenied
        if request.method == "POST" and request.POST.get("do") == "cancel":
            forget_upload(upload=upload)
            self.message_user(request, _("Nothing was imported, and the file is forgotten."), messages.INFO)
            return HttpResponseRedirect(reverse("admin:quizzes_deck_changelist"))
        if upload.kind == Upload.Kind.OUTLINE:
            return self._outline(request, upload)
        return self._table(request, upload)

    def export_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
        """The deck as a table that importing reads back."""
        deck = self.deck_or_404(request, pk)
        if kind not in {"csv", "xlsx"}:
            raise Http404
        response: HttpResponseBase
        if kind == "csv":
            response = StreamingHttpResponse(deck_csv(deck), content_type="text/csv; charset=utf-8")
        else:
            response = HttpResponse(deck_workbook(deck), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{deck.slug}.{kind}"'
        return response

    def _table(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        sent = request.POST if request.method == "POST" else request.GET
        mapping = {name: sent[f"column-{name}"] for name in FIELDS if f"column-{name}" in sent}
        retire = "retire_missing" in sent
        page = table_page(upload, mapping, retire_missing=retire)
        if request.method == "POST" and page.plan is not None:
            done = self._import(request, upload, page)
            if done is not None:
                return done
            page = table_page(upload, mapping, retire_missing=retire)
        title = _("Look at the import of %s") % upload.name
        return self.page(request, "import_table", title=title, page=page, deck=upload.deck, retire_missing=retire)

    def _import(self, request: HttpRequest, upload: Upload, page: TablePage) -> HttpResponse | None:
        """Writes the plan if it is the one that was looked at; else says so."""
        assert page.plan is not None
        if request.POST.get("version") != str(page.plan.version):
            self.message_user(
                request, _("The deck has changed since: look at what the import would do now."), "WARNING"
            )
            return None
        if upload.deck is None and Deck.objects.filter(slug=upload.slug).exists():
            told = _("Somebody has made a deck “%s” meanwhile. Import the file into that deck from its page.")
            self.message_user(request, told % upload.title, messages.ERROR)
            return None
        try:
            done = import_table(
                deck=deck_of(upload),
                plan=page.plan,
                by=request.user,  # type: ignore[arg-type]
                now=timezone.now(),
                meaning="meaning" in request.POST,
            )
        except StalePlanError as error:
            self.message_user(request, f"{error}.", messages.WARNING)
            return None
        if done.deck.pk is None:
            self.message_user(request, _("There is nothing to import: no row gives a fact."), messages.WARNING)
            return None
        forget_upload(upload=upload)
        self.log_change(request, done.deck, _("Imported %s.") % upload.name)
        refused = len(page.plan.of(Outcome.REFUSED))
        values = {"new": done.created, "changed": done.updated, "retired": done.retired}
        told = _("Imported: %(new)d new facts, %(changed)d changed, %(retired)d retired.") % values
        if refused:
            told += " " + ngettext("%d row was refused.", "%d rows were refused.", refused) % refused
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:quizzes_deck_change", args=[done.deck.pk]))

    def _outline(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        page = outline_page(upload)
        if request.method == "POST" and page.outline is not None:
            try:
                deck = import_outline(
                    outline=page.outline,
                    slug=upload.slug,
                    title=upload.title,
                    language=upload.language,
                    by=request.user,  # type: ignore[arg-type]
                    now=timezone.now(),
                )
            except DeckExistsError as error:
                self.message_user(request, str(error), messages.ERROR)
            else:
                forget_upload(upload=upload)
                self.log_addition(request, deck, _("Imported %s.") % upload.name)
                told = _("The draft is made. Look through its facts, the doubtful ones first, then publish it.")
                self.message_user(request, told, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:quizzes_deck_change", args=[deck.pk]))
        title = _("Look at the import of %s") % upload.name
        return self.page(request, "import_outline", title=title, page=page, deck=None)
