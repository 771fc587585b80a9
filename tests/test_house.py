"""The house inspects itself: rooms that grow out of shape fail the build."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "gongkai"
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "service", "services", "misc", "core"}


def sources() -> list[Path]:
    """Every Python file of the product except generated migrations."""
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_stays_one_idea(path: Path) -> None:
    """No file over 400 lines, no function over 40, every module says what lives here, no vague name."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= LONGEST_FILE
    assert ast.get_docstring(tree), "a module opens with one line: what lives here"
    assert path.stem not in VAGUE_NAMES
    long = {
        function.name: body_lines(function) for function in functions(tree) if body_lines(function) > LONGEST_FUNCTION
    }
    assert not long


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_error_is_swallowed(path: Path) -> None:
    """`except Exception`, bare `except` and an empty handler hide faults."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = "" if node.type is None else ast.unparse(node.type)
            raises_again = isinstance(node.body[-1], ast.Raise)
            assert caught not in ("", "Exception", "BaseException") or raises_again, f"line {node.lineno}"
            assert not all(isinstance(line, ast.Pass) for line in node.body), f"line {node.lineno}: says nothing"


def test_nothing_of_the_library_is_committed() -> None:
    """The seed and the samples are read where they lie; they are not copied into the project."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert not [name for name in tracked if "samples/" in name or "seed/" in name]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_public_functions_say_what_they_take_and_give(path: Path) -> None:
    """Every public function and class outside tests has a docstring."""
    if "tests" in path.parts:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    silent = [node.name for node in nodes if not node.name.startswith("_") and not ast.get_docstring(node)]
    assert not silent
