-- What servers set up from within Discord: digests, who may administer, the log of changes, and when the bot left.

CREATE TABLE servers (
    -- opaque id, the same as sources.owner
    id TEXT PRIMARY KEY,
    -- how many subscriptions it ever had: a number is not used again
    subscriptions INTEGER NOT NULL DEFAULT 0,
    -- since when the bot is not there any more; NULL: it is
    left_at TEXT
) WITHOUT ROWID;

CREATE TABLE subscriptions (
    server TEXT NOT NULL,
    number INTEGER NOT NULL,
    -- JSON of the bot's own
    settings TEXT NOT NULL,
    -- NULL: it posts
    paused_at TEXT,
    -- why; NULL: an admin wanted it
    pause_reason TEXT,
    PRIMARY KEY (server, number)
) WITHOUT ROWID;

CREATE TABLE grants (
    server TEXT NOT NULL,
    -- role, member
    kind TEXT NOT NULL,
    -- opaque id of the role or member
    target TEXT NOT NULL,
    PRIMARY KEY (server, kind, target)
) WITHOUT ROWID;

-- Who changed what; kept for a year.
CREATE TABLE actions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT NOT NULL,
    -- opaque id; NULL: the bot itself
    actor TEXT,
    -- sources.add, subscriptions.pause ...
    action TEXT NOT NULL,
    -- JSON object of words by name
    details TEXT NOT NULL,
    done_at TEXT NOT NULL
);
-- a server's log, newest first
CREATE INDEX actions_by_server ON actions (server, done_at);
