-- Channels and members are told when a story moves, each thing once.

-- Who wants to be told when a story moves: a channel of a server, or a member in private.
CREATE TABLE watches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- alerts, follow
    kind TEXT NOT NULL,
    -- the server whose stories are meant; NULL: the common ones
    owner TEXT,
    -- where it is told
    channel TEXT NOT NULL,
    made_by TEXT NOT NULL,
    -- JSON of Watch
    watch TEXT NOT NULL,
    -- why nothing is told; NULL: it is
    paused TEXT
);

-- What a watch was told of a story.
CREATE TABLE watched (
    watch_id INTEGER NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
    story_id TEXT NOT NULL,
    -- JSON of Told
    told TEXT NOT NULL,
    -- when the last message was opened
    told_at TEXT,
    -- what the live card shows: a fingerprint; NULL: there is none
    card TEXT,
    PRIMARY KEY (watch_id, story_id)
) WITHOUT ROWID;
