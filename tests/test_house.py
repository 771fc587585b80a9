"""The house inspects itself: rooms that grow out of shape fail the build."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "gongkai"
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "service", "services", "misc", "core"}
ROOMS = sorted({path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py")})
DRIVEN = "mark." + "browser"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def room(name: str) -> dict[str, tuple[str, ast.Module]]:
    """Text and syntax tree of every Python file of a room except generated migrations, by its path."""
    place = PACKAGE / name
    paths = [place] if place.suffix else sorted(path for path in place.rglob("*.py") if "migrations" not in path.parts)
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}
    return {path: (text, ast.parse(text)) for path, text in texts.items()}


def body_lines(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def misshapen(path: str, text: str, tree: ast.Module) -> Iterator[str]:
    if len(text.splitlines()) > LONGEST_FILE:
        yield f"more than {LONGEST_FILE} lines"
    if not ast.get_docstring(tree):
        yield "a module opens with one line: what lives here"
    if Path(path).stem in VAGUE_NAMES:
        yield "a vague name"
    for function in ast.walk(tree):
        if isinstance(function, Function) and body_lines(function) > LONGEST_FUNCTION:
            yield f"{function.name} has {body_lines(function)} lines"


@pytest.mark.parametrize("name", ROOMS)
def test_a_file_stays_one_idea(name: str) -> None:
    """No file over 400 lines, no function over 40, every module says what lives here, no vague name."""
    faults = {path: found for path, (text, tree) in room(name).items() if (found := [*misshapen(path, text, tree)])}
    assert not faults


def swallowed(tree: ast.Module) -> Iterator[int]:
    """Lines of handlers that hide faults."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = "" if node.type is None else ast.unparse(node.type)
            raises_again = isinstance(node.body[-1], ast.Raise)
            says_nothing = all(isinstance(line, ast.Pass) for line in node.body)
            if says_nothing or (caught in ("", "Exception", "BaseException") and not raises_again):
                yield node.lineno


@pytest.mark.parametrize("name", ROOMS)
def test_no_error_is_swallowed(name: str) -> None:
    """`except Exception`, bare `except` and an empty handler hide faults."""
    assert not {path: found for path, (_, tree) in room(name).items() if (found := [*swallowed(tree)])}


def test_what_drives_a_browser_stands_with_the_journeys() -> None:
    """./test looks for it nowhere else."""
    driven = {
        path for path in ROOT.rglob("test_*.py") if ".venv" not in path.parts and DRIVEN in path.read_text("utf-8")
    }
    assert {path.parent for path in driven} == {ROOT / "tests" / "journeys"}


def test_nothing_of_the_library_is_committed() -> None:
    """The seed and the samples are read where they lie; they are not copied into the project."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert not [name for name in tracked if "samples/" in name or "seed/" in name]


def silent(tree: ast.Module) -> list[str]:
    """Public functions and classes without a docstring."""
    nodes = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return [node.name for node in nodes if not node.name.startswith("_") and not ast.get_docstring(node)]


@pytest.mark.parametrize("name", ROOMS)
def test_public_functions_say_what_they_take_and_give(name: str) -> None:
    """Every public function and class outside tests has a docstring."""
    own = {path: tree for path, (_, tree) in room(name).items() if "tests" not in Path(path).parts}
    assert not {path: found for path, tree in own.items() if (found := silent(tree))}
