"""Every small fault that a module could have, one at a time."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
_ANNOTATIONS = ("annotation", "returns", "decorator_list", "type_params")
"""Fields of a tree that only say of what kind something is."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: where it stands, what was there and what is there now, and the whole module with it."""

    line: int
    code: str
    was: str
    now: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """All faults of a module, in the order of its lines; none that reads as the module does."""
    tree = ast.parse(source)
    plain, rows = ast.unparse(tree), source.splitlines()
    made = []
    for number, node in enumerate(_nodes(tree)):
        for way in range(len(_faults(node))):
            changed = copy.deepcopy(tree)
            place = list(_nodes(changed))[number]
            was = ast.unparse(place)
            fault = _faults(place)[way]
            _put(changed, place, fault)
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text != plain:
                code = rows[node.lineno - 1].strip()
                made.append(Mutant(node.lineno, code, was, ast.unparse(fault), text))
    return sorted(made, key=lambda one: one.line)


def _nodes(tree: ast.AST) -> Iterator[ast.expr]:
    """Every expression that does something, outermost first; annotations and documentation are passed over."""
    for name, value in ast.iter_fields(tree):
        if name in _ANNOTATIONS:
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _is_documentation(child):
                continue
            if isinstance(child, ast.expr):
                yield child
            yield from _nodes(child)


def _is_documentation(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _faults(node: ast.expr) -> list[ast.expr]:
    """What may stand in an expression's place."""
    match node:
        case ast.Compare(left, [only], [right]) if type(only) in _COMPARED:
            return [ast.Compare(left, [_COMPARED[type(only)]()], [right])]
        case ast.BinOp(left, way, right) if type(way) in _COUNTED:
            return [ast.BinOp(left, _COUNTED[type(way)](), right)]
        case ast.BoolOp(way, values):
            turned = ast.BoolOp(ast.Or() if isinstance(way, ast.And) else ast.And(), values)
            return [turned, *([values[0], values[1]] if len(values) == 2 else [])]
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            return [operand]
        case ast.IfExp(test, body, otherwise):
            return [ast.IfExp(test, otherwise, body)]
        case ast.Constant(bool(value)):
            return [ast.Constant(not value)]
        case ast.Constant(int(value)):
            return [ast.Constant(value + 1)]
        case ast.Call(ast.Name(name), arguments, keywords) if name in _CALLED:
            return [ast.Call(ast.Name(_CALLED[name], ast.Load()), arguments, keywords)]
    return []


def _put(tree: ast.AST, old: ast.expr, new: ast.expr) -> None:
    """Put one expression in another's place."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list):
                for index, entry in enumerate(value):
                    if entry is old:
                        value[index] = new
