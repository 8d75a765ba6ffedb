"""Every error of the API has a code and words, also where a framework answers by itself."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.deprecation import MiddlewareMixin

_WORDS: Final = {
    400: ("bad_request", "The server does not understand this request."),
    405: ("method", "This address does not take such a request."),
}


class ApiWords(MiddlewareMixin):
    """Puts a problem in the place of an answer that is empty or plain text."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer itself, or the problem with the same status."""
        if not request.path.startswith("/api/") or response.status_code not in _WORDS:
            return response
        if response.get("Content-Type", "").startswith("application/json"):
            return response
        code, text = _WORDS[response.status_code]
        problem = JsonResponse({"code": code, "text": text}, status=response.status_code)
        if "Allow" in response:
            problem["Allow"] = response["Allow"]
        return problem
