-- A source whose pages stand behind a wall says so. The table is made anew, so that its text is that of the schema.

CREATE TEMP TABLE kept AS SELECT * FROM source_checks;
DROP TABLE source_checks;
CREATE TABLE source_checks (
    source_id TEXT PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE,
    -- NULL: with the next round
    next_check_at TEXT,
    -- the server asked to be left alone until then; NULL: that was not its last word
    limited_until TEXT,
    failing_since TEXT,
    -- last day on which the server said that it is gone for good, and how many such days
    gone_on TEXT,
    gone_days INTEGER NOT NULL DEFAULT 0,
    -- last check that brought something new or changed
    brought_at TEXT,
    -- NULL with a paused source: an admin wanted it
    paused_because TEXT,
    -- where the server says that it is now, and how many times in a row
    moved_to TEXT,
    moved_times INTEGER NOT NULL DEFAULT 0,
    -- what stands in front of its articles' pages: consent, paywall, script, human, login; NULL: nothing
    wall TEXT
) WITHOUT ROWID;
INSERT INTO source_checks SELECT *, NULL FROM kept;
DROP TABLE kept;
