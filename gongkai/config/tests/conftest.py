"""A machine whose tables stand, made once: copies of it save each test the migrations, which others are about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongkai.config.tests.machine import Machine, machine


@pytest.fixture(scope="session")
def up_to_date(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Nobody works on it; `machine(…, like=up_to_date)` copies it."""
    with machine(tmp_path_factory.mktemp("up-to-date")) as made:
        yield made.brought_up_to_date()
