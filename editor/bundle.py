"""Serves the front end's files from memory-sized answers.

WhiteNoise answers with a synchronous file iterator, which an ASGI server has to gather first and
warns about each time. The files of the bundle are small, so they are read at once.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class BundleMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise, with whole bodies instead of file iterators."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """Turn a file that WhiteNoise found into a Django response.

        Raises:
            Http404: the file was there when the server started, and is not any more.
        """
        try:
            found = static_file.get_response(request.method, request.META)
        except FileNotFoundError:
            raise Http404 from None
        body = b""
        if found.file is not None:
            with found.file as file:
                body = file.read()
        response = HttpResponse(body, status=int(found.status))
        # Django's default would win over the type that WhiteNoise found.
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response
