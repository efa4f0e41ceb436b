-- What an article said before its outlet changed it.

CREATE TABLE article_versions (
    article_number INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    -- when we first saw it
    seen_at TEXT NOT NULL,
    -- when we saw another one in its place
    replaced_at TEXT NOT NULL,
    -- compressed JSON: title, text, facts
    version BLOB NOT NULL,
    PRIMARY KEY (article_number, seen_at)
);
