"""Which responses go out compressed, and to whom; why not all of them is told in docs/adr/0015-compressed-pages.md."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

ASKED_BY_OTHER_SITES = frozenset({"cross-site", "same-site"})


class CompressedPagesMiddleware(GZipMiddleware):
    """Compresses whole pages and files, as Django does, for those who asked for them here."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Left as they are: streams, parts of a page that htmx asks for, what another site made the browser ask for."""
        if response.streaming or request.headers.get("HX-Request") == "true" or _asked_from_elsewhere(request):
            return response
        return super().process_response(request, response)


def _asked_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says so; one that says nothing is trusted."""
    return request.headers.get("Sec-Fetch-Site") in ASKED_BY_OTHER_SITES
