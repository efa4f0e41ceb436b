"""Filling in the forms (modals) a bot opens, as a client does: values by label or custom_id, limits of the fields."""

from __future__ import annotations

from typing import Any

from bot.sandbox.components import ComponentType, walk
from bot.sandbox.errors import ClientRefused
from bot.sandbox.model import Json

__all__ = ["fill"]


def fill(modal: Json, values: dict[str, Any]) -> list[Json]:
    """The form's components as a client sends them back."""
    left = dict(values)
    filled: list[Json] = []
    for index, component in enumerate(modal.get("components") or [], start=1):
        if component.get("type") == ComponentType.LABEL:
            field = _field(component["component"], str(component.get("label") or ""), left)
            filled.append({"type": ComponentType.LABEL, "id": index, "component": field})
        elif component.get("type") == ComponentType.ACTION_ROW:
            fields = [
                _field(field, str(field.get("label") or ""), left)
                for _, field in walk(component["components"])
            ]
            filled.append({"type": ComponentType.ACTION_ROW, "id": index, "components": fields})
        else:
            filled.append({"type": component.get("type"), "id": index})
    if left:
        raise ClientRefused(f"the form has no field {', '.join(sorted(left))}")
    return filled


def _field(field: Json, label: str, left: dict[str, Any]) -> Json:
    custom_id = str(field.get("custom_id"))
    value = left.pop(custom_id, None)
    value = left.pop(label, value)
    made: Json = {"type": field["type"], "id": int(field.get("id") or 1), "custom_id": custom_id}
    if field["type"] != ComponentType.TEXT_INPUT:
        chosen = list(value) if isinstance(value, (list, tuple)) else [value]
        chosen = [] if value is None else chosen
        return {**made, "values": [str(item) for item in chosen]}
    text = str(field.get("value") or "") if value is None else str(value)
    low, high = int(field.get("min_length") or 0), int(field.get("max_length") or 4000)
    required = field.get("required", True)
    if (required and not text) or len(text) > high or (text and len(text) < low):
        raise ClientRefused(f"{label or custom_id}: {len(text)} characters, allowed are {low} to {high}")
    return {**made, "value": text}
