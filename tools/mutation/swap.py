"""A loaded module takes on the code of a mutant: whoever imported one of its functions calls the faulty one then."""

from __future__ import annotations

import gc
import sys
import types
from collections.abc import Iterator
from pathlib import Path


def take_on(module: str, file: Path, source: str) -> None:
    """Give the module of that name the functions, defaults and constants of another source."""
    old = sys.modules[module]
    new = types.ModuleType(module)
    new.__dict__.update(__file__=str(file), __package__=module.rpartition(".")[0])
    sys.modules[module] = new  # dataclasses look their module up while they are made
    try:
        exec(compile(source, str(file), "exec"), new.__dict__)  # noqa: S102  a mutant of our own source
    finally:
        sys.modules[module] = old
    fresh = {function.__qualname__: function for function in _functions(new)}
    for function in _all_functions(module):
        if function.__qualname__ in fresh and not any(function is one for one in fresh.values()):
            other = fresh[function.__qualname__]
            function.__code__ = other.__code__
            function.__defaults__, function.__kwdefaults__ = other.__defaults__, other.__kwdefaults__
    _constants(old, new)


def _all_functions(module: str) -> list[types.FunctionType]:
    # Tests put aside what they collected; what is aside is not listed.
    gc.unfreeze()
    return [one for one in gc.get_objects() if isinstance(one, types.FunctionType) and one.__module__ == module]


def _functions(module: types.ModuleType) -> Iterator[types.FunctionType]:
    """The functions of a module and the methods of its classes, as they were defined."""
    for value in list(vars(module).values()):
        if getattr(value, "__module__", "") != module.__name__:
            continue
        parts = list(vars(value).values()) if isinstance(value, type) else [value]
        for part in parts:
            bare = getattr(part, "fget", None) or getattr(part, "__func__", None) or getattr(part, "__wrapped__", part)
            if isinstance(bare, types.FunctionType):
                yield bare


def _constants(old: types.ModuleType, new: types.ModuleType) -> None:
    """Plain values that came out otherwise, also where another module has imported them."""
    for name, value in vars(new).items():
        before = vars(old).get(name)
        if name.startswith("__") or callable(value) or isinstance(value, types.ModuleType):
            continue
        try:
            same = type(before) is type(value) and bool(before == value)
        except (TypeError, ValueError):
            continue
        if not same:
            for other in [one for key, one in sys.modules.items() if key.startswith("csctl")]:
                if vars(other).get(name) is before:
                    setattr(other, name, value)
