"""For the journeys' server: each answer says how many queries it took, so that the audit can hold every page to it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext

HEADER = "X-Queries"
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
"""Begin and end a transaction and ask nothing; the door writes once a minute when somebody was last seen."""


class Counted:
    """Outermost of the middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with CaptureQueriesContext(connection) as asked:
            response = self.get_response(request)
        response[HEADER] = str(sum(not query["sql"].startswith(CONTROL) for query in asked))
        return response
