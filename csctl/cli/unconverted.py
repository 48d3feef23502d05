"""Values that need no conversion are not converted: what typer converts with takes longer to load than all else that a
wrong command line needs.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, get_args, get_origin


def unconverted(parameter: Any) -> None:
    """Let a parameter leave alone what nobody gave, what is of its type already, and a path of which nothing is asked.

    Releases of typer that convert by other means are left as they are.
    """
    with suppress(AttributeError):
        convert = parameter.get_runtime_param
        if not isinstance(convert, _Sparing):
            parameter.get_runtime_param = _Sparing(parameter, convert)


class _Sparing:
    """What typer asks for its converter, and the converter that it gets."""

    def __init__(self, parameter: Any, converter: Any) -> None:
        self._type = parameter.type_descriptor.annotation
        self._nothing = () if parameter.multiple or parameter.nargs == -1 else None
        asked = parameter.type_descriptor.parameter_info
        self._any_path = self._type is Path and asked.file_okay and asked.dir_okay and not asked.exists
        self.converter = converter

    def __call__(self) -> _Sparing:
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as the command gets it."""
        if value is None:
            return self._nothing
        if self._any_path and isinstance(value, str):
            return Path(value)
        return value if _is_of(value, self._type) else self.converter().coerce(value, param=param, ctx=ctx)


def _is_of(value: Any, wanted: Any) -> bool:
    """Whether a value is of a type, or one of the values that a type lists."""
    if get_origin(wanted) is Literal:
        return value in get_args(wanted)
    return isinstance(wanted, type) and isinstance(value, wanted)
