"""Values that are made by the hundred for each article: frozen all the same, and made fast."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

_T = TypeVar("_T")


def made_often(cls: type[_T]) -> type[_T]:
    """Give a frozen, keyword-only dataclass with slots an `__init__` that fills the slots themselves.

    The one that `dataclasses` generates sets each field by its name through `object.__setattr__`, the price of being
    frozen; the setter of the slot does the same in a third of the time. All else stays as it is: signature,
    defaults, `replace`, and that nobody sets a field afterwards.

    Raises:
        TypeError: A field has a default factory, which is not worth the trouble here.
    """
    fields = dataclasses.fields(cls)  # type: ignore[arg-type]
    scope: dict[str, Any] = {}
    parameters: list[str] = []
    for field in fields:
        if field.default_factory is not dataclasses.MISSING:
            raise TypeError(f"{cls.__name__}.{field.name}: expected a plain default, found a factory")
        has_default = field.default is not dataclasses.MISSING
        parameters.append(f"{field.name}=default_{field.name}" if has_default else field.name)
        scope[f"default_{field.name}"] = field.default
        scope[f"set_{field.name}"] = getattr(cls, field.name).__set__
    lines = [f"def __init__(self, *, {', '.join(parameters)}):"]
    lines += [f"    set_{field.name}(self, {field.name})" for field in fields]
    # As `dataclasses` itself does; nothing but the names of fields goes in.
    exec("\n".join(lines), scope)  # noqa: S102
    cls.__init__ = scope["__init__"]  # type: ignore[method-assign]
    cls.__init__.__qualname__ = f"{cls.__qualname__}.__init__"
    return cls
