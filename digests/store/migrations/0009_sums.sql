-- A sum over each article with its facts, and over each story: what changes in the file without being written (a worn disk, a bad cable)
-- is found, though SQLite keeps no sums of its own. `row_sum` is a function of the program that migrates.
CREATE TABLE article_sums (
    article_number INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    -- see store/sums.py
    sum BLOB NOT NULL
);
INSERT INTO article_sums (article_number, sum)
SELECT
    articles.number,
    row_sum(
        articles.id, articles.source_id, articles.external_id, articles.story_id, articles.url, articles.outlet,
        articles.title, articles.text, articles.published, articles.published_on, articles.published_from,
        articles.retrieved, articles.authors, articles.content_hash,
        facts.facts, facts.figures, facts.signature, facts.raw
    )
FROM articles
LEFT JOIN facts ON facts.article_number = articles.number;

CREATE TABLE story_sums (
    story_id TEXT PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    sum BLOB NOT NULL
) WITHOUT ROWID;
INSERT INTO story_sums (story_id, sum)
SELECT
    stories.id,
    row_sum(
        stories.id, stories.title, stories.first_published, stories.last_published, stories.keywords,
        stories.voices, stories.copies, stories.figures, stories.merged_into
    )
FROM stories;
