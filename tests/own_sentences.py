"""The product's own sentences, gathered from the source: all that a refusal, a fault or a finding can say.

A sentence is followed back from where it is said (the making of an exception, of a finding) through variables,
parameters, constants and what functions return, to the literals it is put together of. No list is kept.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from gongkai.law import book

PACKAGE = Path(__file__).resolve().parents[1] / "gongkai"
SAYING = re.compile(r"[\u4e00-\u9fff→]")
FOR_MAINTAINERS = {"Misprint", "BadRule"}
"""Faults in the book of law and in screening rules: read by who writes them, in the language they are written in."""
NOT_ON_PAGES = ("config/", "demonstration/", "law/pages.py", "/tests/", "/migrations/")
SAID_BY: dict[str, set[str | int]] = {
    "Finding": {"message", 4, "expected", "actual"}, "finding": {"message", 1, "expected", "actual"},
    "Repair": {"because", 1}, "Undecided": {"why", 3}, "not_understood": {0}, "Outcome": {"said", 0},
    "add_error": {"error", 1}, "ValidationError": {"message", 0}, "Answer": {"fault"}, "_form": {"fault", 1},
}  # fmt: skip
"""Which arguments of which calls are sentences for a person; of an exception all are, but its citation."""
WORDING = "reports/checking/wording.py"
"""All that this module returns is said."""
AS_THEY_ARE = frozenset((
    "主要原因", "得益于", "归功于", "归因于", "原因在于", "根源在于", "之所以", "受益于", "图片", "统计表", "填写说明",
    "仿宋_GB2312", "楷体_GB2312", "方正小标宋_GBK", "宋体", "黑体", "粘贴的文字.txt", "报告.zip", "我{0}", "年的数",
    "一{0}", "十", "十{0}", "{0}十", "{0}十{1}", "零一二三四五六七八九十",
    "尚在起草", "尚未建立", "已审定，尚未发布", "已编制，尚未送审", "已送审，尚未审定",
    "法定期限 {0} 已过，", "法定期限为 {0}，",
))  # fmt: skip
"""Words that the reader has to find in a text or a file, names of files and fonts, numerals, parts of letters."""
CITATION = (2, "cite")
"""Where an exception has the article it rests on: quoted law stays Chinese."""
STAYS_CHINESE = re.compile(r"^《.*条$|\n")
"""Articles that are cited, and letters."""
HOLE = "\0"
MOST = 64
Function = ast.FunctionDef | ast.AsyncFunctionDef
Place = str | int
"""Of an argument: its name, or its number."""


@dataclass
class Module:
    """One file: its tree and what is defined in it, by name."""

    name: str
    tree: ast.Module
    functions: dict[str, list[Function]] = field(default_factory=lambda: defaultdict(list))
    constants: dict[str, list[ast.expr]] = field(default_factory=lambda: defaultdict(list))
    calls: list[tuple[str, ast.Call, Function | None]] = field(default_factory=list)
    imports: dict[str, str] = field(default_factory=dict)

    @property
    def dotted(self) -> str:
        """As an import names it."""
        return "gongkai." + self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def sentences() -> dict[str, str]:
    """Every sentence as a skeleton -> the room that says it.

    A skeleton is the literal parts of a sentence, and a numbered hole for whatever is put between them.
    """
    found = _Gathering(list(_modules())).found
    said = {numbered(one): room for one, room in found.items()}
    said |= {page["message"]: "law" for page in book.chapter("checks").values()}
    return {one: room for one, room in said.items() if not (one in AS_THEY_ARE or STAYS_CHINESE.search(one))}


def numbered(skeleton: str) -> str:
    """Each hole with its number, from 0."""
    first, *rest = skeleton.replace("{", "{{").replace("}", "}}").split(HOLE)
    return first + "".join(f"{{{place}}}{text}" for place, text in enumerate(rest))


def _modules() -> Iterator[Module]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if any(part in name for part in NOT_ON_PAGES):
            continue
        module = Module(name, ast.parse(path.read_text(encoding="utf-8")))
        _read(module, module.tree, None)
        yield module


def _read(module: Module, node: ast.AST, inside: Function | None) -> None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            module.functions[child.name].append(child)
        if isinstance(child, ast.Call) and (name := _called(child.func)):
            module.calls.append((name, child, inside))
        if isinstance(child, ast.ImportFrom):
            module.imports |= {one.asname or one.name: f"{child.module}.{one.name}" for one in child.names}
        if inside is None and isinstance(child, ast.Assign | ast.AnnAssign) and child.value is not None:
            for target in child.targets if isinstance(child, ast.Assign) else [child.target]:
                module.constants[_name(target)].append(child.value)
        _read(module, child, child if isinstance(child, Function) else inside)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _called(function: ast.expr) -> str:
    """The name of what is called; of the list where a sentence is put into one."""
    name = _name(function)
    return _name(function.value) if name == "append" and isinstance(function, ast.Attribute) else name


class Written(NamedTuple):
    """An expression, and where it is written."""

    node: ast.AST
    module: Module
    inside: Function | None

    def beside(self, *nodes: ast.AST) -> list[Written]:
        """Other expressions of the same place."""
        return [self._replace(node=node) for node in nodes]


class _Gathering:
    """Follows sentences back to their literals."""

    def __init__(self, modules: list[Module]) -> None:
        self.modules = modules
        self.found: dict[str, str] = {}
        self.seen: set[tuple[int, int]] = set()
        self.sinks: dict[tuple[str, str], set[Place]] = {}
        self.waiting: list[tuple[str, str, set[Place]]] = []
        self.calls: dict[str, list[tuple[Module, ast.Call, Function | None]]] = defaultdict(list)
        for module in modules:
            for name, call, inside in module.calls:
                self.calls[name].append((module, call, inside))
        self.waiting += [("", name, {"*"}) for name in _refusals(modules)]
        self.waiting += [("", name, places) for name, places in SAID_BY.items()]
        self._all_of(next(module for module in modules if module.name == WORDING))
        while self.waiting:
            self._take(*self.waiting.pop())

    def _all_of(self, module: Module) -> None:
        for function in [function for functions in module.functions.values() for function in functions]:
            for value in _returned(function):
                self.follow(Written(value, module, function))

    def _take(self, only: str, name: str, places: set[Place]) -> None:
        """Follows what every call of a function gives for these parameters."""
        known = self.sinks.setdefault((only, name), set())
        fresh = places - known
        known |= fresh
        for module, call, inside in self.calls[name] if fresh else ():
            if only and not _means(call.func, module, only):
                continue
            given = [*enumerate(call.args), *((one.arg, one.value) for one in call.keywords)]
            for place, value in given:
                if ("*" in fresh and place not in CITATION) or place in fresh:
                    self.follow(Written(value, module, inside))

    def follow(self, said: Written) -> None:
        """Adds every sentence that the expression can be."""
        if (key := (id(said.node), id(said.inside))) in self.seen:
            return
        self.seen.add(key)
        for skeleton in self.built(said):
            if SAYING.search(skeleton):
                self.found.setdefault(skeleton, said.module.name.partition("/")[0])

    def built(self, said: Written) -> list[str]:
        """The skeletons of an expression; a single hole where its text is not written here (and followed on)."""
        match said.node:
            case ast.Constant(value=str() as text):
                return [text]
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str() as text), attr="format")):
                return self._formatted(text, said)
            case ast.JoinedStr(values=values):
                return self._joined(said.beside(*values))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._joined(said.beside(left, right))
            case ast.FormattedValue(value=ast.IfExp() | ast.BoolOp() as value):
                return self.built(said._replace(node=value))
        if ways := _ways(said.node):
            return [text for way in said.beside(*ways) for text in self.built(way)]
        for one in self._behind(said):
            self.follow(one)
        return [HOLE]

    def _formatted(self, text: str, said: Written) -> list[str]:
        for one in said.beside(*_given(said.node)):
            self.follow(one)
        return [formatted(text)]

    def _joined(self, parts: Iterable[Written]) -> list[str]:
        ways = [self.built(part) for part in parts]
        return list(dict.fromkeys(re.sub(f"{HOLE}+", HOLE, "".join(way)) for way in product(*ways)))[:MOST]

    def _behind(self, said: Written) -> Iterator[Written]:
        """The expressions that the text of this one comes from."""
        yield from said.beside(*_within(said.node))
        match said.node:
            case ast.Name(id=name):
                yield from self._of_name(name, said)
            case ast.Attribute(attr=name) if name.isupper():
                yield from self._of_constant(name)
            case ast.Call() as call:
                yield from self._of_call(call, said)

    def _of_name(self, name: str, said: Written) -> Iterator[Written]:
        if said.inside is not None:
            yield from said.beside(*_assigned(name, said.inside))
            if (place := _place(name, said.inside)) is not None:
                self._sink(said.inside, said.module, {name, place})
        for function in said.module.functions.get(name, ()):  # given to something that calls it
            yield from (Written(value, said.module, function) for value in _returned(function))
        if name in said.module.constants:
            yield from (Written(value, said.module, None) for value in said.module.constants[name])
        elif name.isupper():
            yield from self._of_constant(name)

    def _sink(self, inside: Function, module: Module, places: set[Place]) -> None:
        """What callers give for this parameter is said as well."""
        owner = _owner(module, inside)
        made = owner and inside.name == "__init__"
        whole = f"{module.dotted}.{owner if made else inside.name}"
        self.waiting.append(("." + whole if owner and not made else whole, owner if made else inside.name, places))

    def _of_constant(self, name: str) -> Iterator[Written]:
        for module in self.modules:
            yield from (Written(value, module, None) for value in module.constants.get(name, ()))

    def _of_call(self, call: ast.Call, said: Written) -> Iterator[Written]:
        name = _name(call.func)
        if name in ("join", "typeset", "str", "sorted", "tuple", "list", "next", "fromkeys", "partial"):
            yield from said.beside(*call.args)
        elif name in ("get", "format", "rstrip", "strip", "replace", "removesuffix"):
            yield from said.beside(*(call.func.value for _ in "1" if isinstance(call.func, ast.Attribute)))
            yield from said.beside(*(_given(call) if name == "format" else ()))
        else:
            yield from self._of_own(name, call, said)
            yield from said.beside(*(call.func for _ in "1" if isinstance(call.func, ast.Name)))

    def _of_own(self, name: str, call: ast.Call, said: Written) -> Iterator[Written]:
        """What an own function returns."""
        for module in self.modules:
            for function in module.functions.get(name, ()):
                method = "." if _owner(module, function) else ""
                if _means(call.func, said.module, f"{method}{module.dotted}.{name}"):
                    yield from (Written(value, module, function) for value in _returned(function))


def _given(node: ast.AST) -> list[ast.expr]:
    """What a call is given."""
    return [*node.args, *(one.value for one in node.keywords)] if isinstance(node, ast.Call) else []


def _ways(node: ast.AST) -> list[ast.expr]:
    """The expressions of which this one is one or the other."""
    match node:
        case ast.IfExp(body=one, orelse=other):
            return [one, other]
        case ast.BoolOp(op=ast.Or(), values=values):
            return values
    return []


def _within(node: ast.AST) -> list[ast.expr]:
    """The expressions inside this one that its text is made of."""
    match node:
        case ast.Tuple(elts=values) | ast.List(elts=values) | ast.Set(elts=values) | ast.Dict(values=values):
            return values
        case ast.FormattedValue(value=value) | ast.Starred(value=value) | ast.Subscript(value=value):
            return [value]
        case ast.NamedExpr(value=value) | ast.DictComp(value=value):
            return [value]
        case ast.ListComp(elt=value) | ast.GeneratorExp(elt=value) | ast.SetComp(elt=value):
            return [value]
    return []


def _means(called: ast.expr, module: Module, whole: str) -> bool:
    """Whether what is called can be this function; a method (`.` before its name) is called on some value."""
    if isinstance(called, ast.Name):
        return whole.lstrip(".") in (f"{module.dotted}.{called.id}", module.imports.get(called.id))
    if not isinstance(called, ast.Attribute):
        return False
    holder = module.imports.get(called.value.id) if isinstance(called.value, ast.Name) else None
    if holder is not None and holder.startswith("gongkai."):
        return whole.removeprefix(".") == f"{holder}.{called.attr}"
    return holder is None and whole.startswith(".") and _name(called.value) != "re"


def formatted(template: str) -> str:
    """The skeleton of a template for `str.format`."""
    return "".join(text + (HOLE if name is not None else "") for text, name, _, _ in Formatter().parse(template))


def _refusals(modules: Iterable[Module]) -> set[str]:
    """The names of all exceptions of the product that a person may be shown."""
    bases = {
        node.name: {_name(base) for base in node.bases}
        for module in modules for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)
    }  # fmt: skip
    found = {"Exception", "ValueError"}
    while more := {name for name, above in bases.items() if above & found} - found - FOR_MAINTAINERS:
        found |= more
    return found - {"Exception", "ValueError"}


def _owner(module: Module, function: ast.AST) -> str:
    return next((name for name, body in _classes(module.name, module.tree) if function in body), "")


@cache
def _classes(_: str, tree: ast.Module) -> list[tuple[str, list[ast.stmt]]]:
    return [(node.name, node.body) for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def _place(name: str, function: Function) -> int | None:
    """Which argument of a call the parameter is (without self); -1 where it can only be named."""
    given = function.args
    names = [one.arg for one in (*given.posonlyargs, *given.args) if one.arg not in ("self", "cls")]
    if name in names:
        return names.index(name)
    return -1 if name in {one.arg for one in given.kwonlyargs} else None


def _assigned(name: str, function: Function) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=targets, value=value):
                pass
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.AugAssign(target=target, value=value):
                targets = [target]
            case ast.NamedExpr(target=target, value=value):
                targets = [target]
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                targets = [target]
            case ast.Call(func=ast.Attribute(value=target, attr="append" | "extend"), args=[value]):
                targets = [target] if isinstance(target, ast.Name) else []
            case _:
                continue
        if any(_holds(name, target) for target in targets):
            yield value


def _holds(name: str, target: ast.expr) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(target))


def _returned(function: Function) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
            yield node.value
