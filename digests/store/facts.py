"""Frozen values to JSON text and back, driven by their type annotations.

Written by hand for what `digests.types` holds: dataclasses, enums, tuples, dates, optional fields. Fields that have
their default are left out; a field that a newer version added gets its default when an older row is read. `Span`
becomes `[start, end]`, and an `article_id` that is the row's own article is left out: both occur on every fact.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import types
import typing
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from digests.types import Facts, RawArticle, Span

T = TypeVar("T")
# (value, article id) -> JSON value, and back.
_Coder = Callable[[Any, str], Any]
# Kept: `json.dumps` makes an encoder for each call that asks for anything unusual. What we keep holds no circles.
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def dump_facts(facts: Facts, article_id: str) -> str:
    """One article's facts as JSON text."""
    return dump(facts, article_id)


def load_facts(text: str, article_id: str) -> Facts:
    """The facts that `dump_facts` wrote. Raises ValueError or KeyError for foreign text."""
    return load(Facts, text, article_id)


def dump_raw(raw: RawArticle) -> str:
    """What a source gave, as JSON text."""
    return dump(raw)


def load_raw(text: str) -> RawArticle:
    return load(RawArticle, text)


def dump(value: Any, article_id: str = "") -> str:
    """Any dataclass instance as JSON text; the same value gives the same bytes."""
    kind: Any = type(value)
    return _JSON.encode(_encoder(kind)(value, article_id))


def load(kind: type[T], text: str, article_id: str = "") -> T:
    """An instance of `kind` from the text that `dump` wrote."""
    hashable: Any = kind
    value: T = _decoder(hashable)(json.loads(text), article_id)
    return value


def _same(value: Any, _: str) -> Any:
    return value


@functools.cache
def _encoder(kind: Any) -> _Coder:
    """How values annotated with `kind` become JSON."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _encode_union(args)
    if origin is tuple:
        return _encode_tuple(args)
    if kind is Span:
        return lambda span, _: [span.start, span.end]
    if dataclasses.is_dataclass(kind):
        return _encode_dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda member, _: member.value
    if kind in (dt.date, dt.datetime):
        return lambda moment, _: moment.isoformat()
    if kind in (str, int, float, bool):
        return _same
    raise TypeError(f"no JSON form for {kind!r}")


@functools.cache
def _decoder(kind: Any) -> _Coder:
    """How JSON becomes values annotated with `kind`."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _decode_union(args)
    if origin is tuple:
        return _decode_tuple(args)
    if kind is Span:
        return lambda pair, _: Span(start=pair[0], end=pair[1])
    if dataclasses.is_dataclass(kind):
        return _decode_dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        members = {member.value: member for member in kind}
        return lambda value, _: members[value]
    if kind is dt.datetime:
        return lambda value, _: dt.datetime.fromisoformat(value)
    if kind is dt.date:
        return lambda value, _: dt.date.fromisoformat(value)
    if kind in (str, int, float, bool):
        return _same
    raise TypeError(f"no JSON form for {kind!r}")


def _encode_union(args: tuple[Any, ...]) -> _Coder:
    members = [arg for arg in args if arg is not types.NoneType]
    if set(members) == {dt.date, dt.datetime}:
        return lambda value, _: None if value is None else value.isoformat()
    (member,) = members
    encode = _encoder(member)
    return lambda value, article_id: None if value is None else encode(value, article_id)


def _decode_union(args: tuple[Any, ...]) -> _Coder:
    members = [arg for arg in args if arg is not types.NoneType]
    if set(members) == {dt.date, dt.datetime}:
        return lambda value, _: None if value is None else _day_or_time(value)
    (member,) = members
    decode = _decoder(member)
    return lambda value, article_id: None if value is None else decode(value, article_id)


def _day_or_time(value: str) -> dt.date:
    return dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)


def _encode_tuple(args: tuple[Any, ...]) -> _Coder:
    if len(args) == 2 and args[1] is Ellipsis:
        encode = _encoder(args[0])
        return lambda values, article_id: [encode(value, article_id) for value in values]
    encoders = [_encoder(arg) for arg in args]
    return lambda values, article_id: [
        encode(value, article_id) for encode, value in zip(encoders, values, strict=True)
    ]


def _decode_tuple(args: tuple[Any, ...]) -> _Coder:
    if len(args) == 2 and args[1] is Ellipsis:
        decode = _decoder(args[0])
        return lambda values, article_id: tuple([decode(value, article_id) for value in values])
    decoders = [_decoder(arg) for arg in args]
    return lambda values, article_id: tuple(
        [decode(value, article_id) for decode, value in zip(decoders, values, strict=True)]
    )


def _encode_dataclass(kind: Any) -> _Coder:
    hints = typing.get_type_hints(kind)
    plan = [(field.name, _encoder(hints[field.name]), _default(field)) for field in dataclasses.fields(kind)]

    def encode(value: Any, article_id: str) -> dict[str, Any]:
        encoded = {}
        for name, encode_field, default in plan:
            item = getattr(value, name)
            if item is default or item == default or (name == "article_id" and item == article_id):
                continue
            encoded[name] = encode_field(item, article_id)
        return encoded

    return encode


def _decode_dataclass(kind: Any) -> _Coder:
    hints = typing.get_type_hints(kind)
    decoders = {field.name: _decoder(hints[field.name]) for field in dataclasses.fields(kind)}
    # None is what most required fields hold when the text does not say: it is left out as well.
    absent = {
        field.name: None
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    has_article_id = "article_id" in decoders

    def decode(value: dict[str, Any], article_id: str) -> Any:
        fields: dict[str, Any] = dict(absent)
        if has_article_id:
            fields["article_id"] = article_id
        for name, item in value.items():
            # A field that this version does not know is one that an older or newer one wrote.
            if name in decoders:
                fields[name] = decoders[name](item, article_id)
        return kind(**fields)

    return decode


def _default(field: dataclasses.Field[Any]) -> Any:
    """The value that is left out: the field's default, `None` for a required field."""
    return None if field.default is dataclasses.MISSING else field.default
