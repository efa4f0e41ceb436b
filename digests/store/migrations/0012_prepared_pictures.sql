-- The picture of a timeline or a toll is read when somebody asks for it, instead of drawn while they wait.

CREATE TABLE prepared_pictures (
    story_id TEXT NOT NULL REFERENCES stories (id),
    -- toll, timeline
    kind TEXT NOT NULL,
    -- stories.revision, and the rules and code, that they were drawn from: others are drawn anew
    revision INTEGER NOT NULL,
    maker TEXT NOT NULL,
    -- a hash of all that the picture shows, by which it is found; NULL where there is too little to draw
    mark TEXT,
    -- compressed JSON: file name, description, PNG
    picture BLOB NOT NULL,
    PRIMARY KEY (story_id, kind)
);
