-- The first question for a story's timeline, also after a restart, is read instead of looked for in all articles.

CREATE TABLE prepared_chronicles (
    story_id TEXT PRIMARY KEY REFERENCES stories (id),
    -- stories.revision, and the rules and code, that it was told from: it is shown under no other
    revision INTEGER NOT NULL,
    maker TEXT NOT NULL,
    -- the newest revision of any story that was known then: what is newer may belong to the affair
    known INTEGER NOT NULL,
    -- compressed JSON: the chronicle, and by what words it was looked for among which stories
    told BLOB NOT NULL
);
