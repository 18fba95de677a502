"""Pages go out compressed; parts of pages, streams, and what other sites ask for do not."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from calcquiz.compression import CompressedPagesMiddleware

GZIP = {"Accept-Encoding": "gzip, deflate, br"}
PAGE = "<p>one fact after the other</p>" * 100


def answered(make=lambda _request: HttpResponse(PAGE), **headers):
    """What the middleware makes of a response."""
    return CompressedPagesMiddleware(make)(RequestFactory().get("/", headers=headers))


@pytest.mark.django_db
def test_a_page_goes_out_compressed_and_says_so(client):
    response = client.get("/sign-in/", headers=GZIP)
    assert b"calcquiz" in gzip.decompress(response.content)
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert int(response.headers["Content-Length"]) == len(response.content)


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_what_is_asked_for_here_is_compressed(site):
    assert "Content-Encoding" in answered(**GZIP, **{"Sec-Fetch-Site": site}).headers


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_asks_for_keeps_its_length(site):
    response = answered(**GZIP, **{"Sec-Fetch-Site": site})
    assert response.content.decode() == PAGE


def test_a_part_of_a_page_is_sent_as_it_is():
    assert answered(**GZIP, **{"HX-Request": "true"}).content.decode() == PAGE


def test_who_cannot_read_it_gets_it_as_it_is_and_caches_know():
    response = answered(**{"Accept-Encoding": "identity"})
    assert (response.content.decode(), response.headers["Vary"]) == (PAGE, "Accept-Encoding")


def test_a_stream_goes_out_line_by_line():
    response = answered(lambda _request: StreamingHttpResponse([PAGE, PAGE]), **GZIP)
    assert [chunk.decode() for chunk in response.streaming_content] == [PAGE, PAGE]


def test_a_strong_tag_of_the_page_becomes_a_weak_one():
    response = answered(lambda _request: HttpResponse(PAGE, headers={"ETag": '"one"'}), **GZIP)
    assert response.headers["ETag"] == 'W/"one"'


def test_two_compressions_of_one_page_differ_in_length():
    assert len({len(answered(**GZIP).content) for _ in range(40)}) > 1
