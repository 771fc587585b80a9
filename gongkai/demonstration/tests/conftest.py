"""One demonstration for all tests of this folder, undone at their end."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from gongkai.demonstration.steps import Step, steps


@pytest.fixture(scope="package")
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Step]]:
    """Every step of the demonstration, taken."""
    with django_db_blocker.unblock(), transaction.atomic():
        taken = list(steps())
        for step in taken:
            assert not step.done(), step.name
            step.do()
        yield taken
        transaction.set_rollback(True)
