"""For the journeys' server: each answer says how many queries it took, so that the audit can hold every page to it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext

HEADER = "X-Queries"
APART = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", 'UPDATE "django_session"', 'UPDATE "accounts_desksession"')
"""What ends a transaction and asks nothing, and what the door writes once a minute: when somebody was last seen."""


class Counted:
    """Outermost of the middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with CaptureQueriesContext(connection) as asked:
            response = self.get_response(request)
        response[HEADER] = str(sum(not query["sql"].startswith(APART) for query in asked))
        return response
