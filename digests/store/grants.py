"""Who may use the admin commands of a server beside those whom the platform lets."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum


class GrantKind(StrEnum):
    ROLE = "role"
    MEMBER = "member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """`target` is the opaque id of a role or of a member of one server."""

    server: str
    kind: GrantKind
    target: str


def load_grants(db: sqlite3.Connection) -> tuple[Grant, ...]:
    """All of them, roles before members within a server."""
    sql = "SELECT server, kind, target FROM grants ORDER BY server, kind DESC, target"
    return tuple(Grant(server=row[0], kind=GrantKind(row[1]), target=row[2]) for row in db.execute(sql))


def save_grant(db: sqlite3.Connection, grant: Grant) -> bool:
    """`False` when it was there already."""
    sql = "INSERT INTO grants (server, kind, target) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    return db.execute(sql, (grant.server, grant.kind, grant.target)).rowcount > 0


def remove_grant(db: sqlite3.Connection, grant: Grant) -> bool:
    """`False` when there was none."""
    sql = "DELETE FROM grants WHERE server = ? AND kind = ? AND target = ?"
    return db.execute(sql, (grant.server, grant.kind, grant.target)).rowcount > 0
