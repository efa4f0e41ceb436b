"""News reports in, sourced situation reports out. These names are the public ones; `bot` uses no others.

The engine brings the database and the network with it; it is imported when it is first asked for, so that the pure
parts start without either.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from digests.config import (
    EngineConfig,
    check_settings,
    fixed_clock,
    load_config,
    parse_now,
    read_toml,
    utc_now,
)
from digests.errors import (
    ConfigError,
    DigestError,
    NotFound,
    RefreshInProgress,
    RulesError,
    SchemaVersionError,
    SourceError,
    SourceInvalid,
    SourceUnavailable,
    StoreError,
)
from digests.types import (
    AccountMention,
    ActorKind,
    Article,
    Aspect,
    Bounds,
    Card,
    Citation,
    Claim,
    Completeness,
    Conflict,
    ConflictKind,
    Cue,
    DateMention,
    DateOrigin,
    Evidence,
    Facts,
    Figure,
    FigureGroup,
    Findings,
    Incident,
    IncidentMention,
    KeyFact,
    Line,
    Measure,
    Passage,
    PlaceMention,
    Precision,
    Quote,
    QuoteKind,
    RawArticle,
    Reaction,
    RefreshReport,
    Scope,
    Section,
    SectionKind,
    ShownCard,
    ShownLine,
    Side,
    Source,
    SourceKind,
    SourceRef,
    SourceResult,
    Span,
    Speaker,
    Statement,
    Status,
    Story,
    StoryArticle,
    TimelineEntry,
    TimexType,
)

if TYPE_CHECKING:
    from digests.catalogue import ALL_OWNERS
    from digests.charts import Chart
    from digests.engine import Engine, EngineStatus, Preview, open_engine
    from digests.ingest import ProgressHook
    from digests.rules.gazetteer import country_names
    from digests.servers import Servers
    from digests.store.actions import Action
    from digests.store.deliveries import DeliveryPart, NewPart, PartState
    from digests.store.grants import Grant, GrantKind
    from digests.store.subscriptions import StoredSubscription

__all__ = [
    "ALL_OWNERS",
    "AccountMention",
    "Action",
    "ActorKind",
    "Article",
    "Aspect",
    "Bounds",
    "Card",
    "Chart",
    "Citation",
    "Claim",
    "Completeness",
    "ConfigError",
    "Conflict",
    "ConflictKind",
    "Cue",
    "DateMention",
    "DateOrigin",
    "DeliveryPart",
    "DigestError",
    "Engine",
    "EngineConfig",
    "EngineStatus",
    "Evidence",
    "Facts",
    "Figure",
    "FigureGroup",
    "Findings",
    "Grant",
    "GrantKind",
    "Incident",
    "IncidentMention",
    "KeyFact",
    "Line",
    "Measure",
    "NewPart",
    "NotFound",
    "PartState",
    "Passage",
    "PlaceMention",
    "Precision",
    "Preview",
    "ProgressHook",
    "Quote",
    "QuoteKind",
    "RawArticle",
    "Reaction",
    "RefreshInProgress",
    "RefreshReport",
    "RulesError",
    "SchemaVersionError",
    "Scope",
    "Section",
    "SectionKind",
    "Servers",
    "ShownCard",
    "ShownLine",
    "Side",
    "Source",
    "SourceError",
    "SourceInvalid",
    "SourceKind",
    "SourceRef",
    "SourceResult",
    "SourceUnavailable",
    "Span",
    "Speaker",
    "Statement",
    "Status",
    "StoreError",
    "StoredSubscription",
    "Story",
    "StoryArticle",
    "TimelineEntry",
    "TimexType",
    "check_settings",
    "country_names",
    "fixed_clock",
    "load_config",
    "open_engine",
    "parse_now",
    "read_toml",
    "utc_now",
]

_LATER = {
    "ALL_OWNERS": "digests.catalogue",
    "Chart": "digests.charts",
    "Engine": "digests.engine",
    "EngineStatus": "digests.engine",
    "Preview": "digests.engine",
    "open_engine": "digests.engine",
    "ProgressHook": "digests.ingest",
    "country_names": "digests.rules.gazetteer",
    "Action": "digests.store.actions",
    "DeliveryPart": "digests.store.deliveries",
    "Grant": "digests.store.grants",
    "GrantKind": "digests.store.grants",
    "NewPart": "digests.store.deliveries",
    "PartState": "digests.store.deliveries",
    "Servers": "digests.servers",
    "StoredSubscription": "digests.store.subscriptions",
}


def __getattr__(name: str) -> object:
    """The names that are imported at their first use."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_LATER[name]), name)
