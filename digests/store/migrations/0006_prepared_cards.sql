-- A first question about a story, also after a restart, is read instead of thought through.

CREATE TABLE prepared_cards (
    story_id TEXT NOT NULL REFERENCES stories (id),
    -- '': all of the story; else a hash of the articles that a server sees of it
    part TEXT NOT NULL DEFAULT '',
    -- stories.revision, and the rules and code, that it was made from: it is shown under no other
    revision INTEGER NOT NULL,
    maker TEXT NOT NULL,
    -- compressed JSON of Findings and Card
    findings BLOB NOT NULL,
    card BLOB NOT NULL,
    PRIMARY KEY (story_id, part)
);
