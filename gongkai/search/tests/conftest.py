"""An index folder of its own for each test that asks for the engine, which then runs on both."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(params=["tantivy", "fts5"])
def engine(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> str:
    """Its name; chosen for the test."""
    settings.HOME = tmp_path
    settings.GONGKAI_SEARCH = request.param
    return str(request.param)
