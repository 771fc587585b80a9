"""Steps of a migration for registers: the indexes of their lists, and the index of their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation

from gongkai.records import word_index


class AddIndexes(Operation):
    """Several indexes of one model in one step. Django's own draws the model and all that point to it anew for each
    index: with those a new database took a third longer to make."""

    reversible = True

    def __init__(self, name: str, indexes: Sequence[models.Index]) -> None:
        self.name, self.indexes = name, list(indexes)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The model knows its indexes. It need not be drawn anew for them: whoever alters it later does that."""
        options = state.models[app_label, self.name.lower()].options
        options["indexes"] = [*options["indexes"], *(index.clone() for index in self.indexes)]

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Makes them."""
        model = to_state.apps.get_model(app_label, self.name)
        for index in self.indexes:
            schema_editor.add_index(model, index)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Takes them away."""
        model = from_state.apps.get_model(app_label, self.name)
        for index in self.indexes:
            schema_editor.remove_index(model, index)

    def describe(self) -> str:
        """As `migrate` tells it."""
        return f"Index the lists of {self.name}"


class KeepWords(Operation):
    """A migration's step: from here on the words of these fields of a register are indexed, its present rows included.

    To be repeated when the searched fields change, and after a step for which Django builds the register's table anew
    on SQLite, which drops its triggers; a test tells (test_word_index).
    """

    reversible = True

    def __init__(self, name: str, fields: Sequence[str]) -> None:
        self.name, self.fields = name, tuple(fields)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing that a model knows of changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Makes the index anew."""
        self.database_backwards(app_label, schema_editor, from_state, to_state)
        table = f"{app_label}_{self.name.lower()}"
        for statement in word_index.statements(schema_editor.connection.vendor, table, self.fields):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Takes it away."""
        table = f"{app_label}_{self.name.lower()}"
        for statement in word_index.undone(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """As `migrate` tells it."""
        return f"Index the words of {self.name}"
