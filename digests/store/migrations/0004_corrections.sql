-- Members report what is wrong with a card; admins put it right for their server.

-- What a server's admins have put right, for their server alone.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    made_at TEXT NOT NULL,
    -- JSON of Correction
    correction TEXT NOT NULL,
    undone_at TEXT,
    undone_by TEXT
);
-- what is in force
CREATE INDEX corrections_in_force ON corrections (id) WHERE undone_at IS NULL;

-- What members say is wrong with a card, until an admin has dealt with it.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    story_id TEXT NOT NULL,
    -- figure, story, outdated, other
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    reader TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    closed_at TEXT,
    closed_by TEXT
);
-- the queue of a server, and how much a member has sent
CREATE INDEX reports_by_reader ON reports (owner, reader, sent_at);
CREATE INDEX reports_open ON reports (owner, id) WHERE closed_at IS NULL;
