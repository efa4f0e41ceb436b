-- Readers ask for the words behind a number of the last card in a channel, also after a restart.

CREATE TABLE shown_cards (
    -- grows with each card that is shown: the clock may stand still
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    -- who alone saw it; '': everybody in the channel
    reader TEXT NOT NULL DEFAULT '',
    shown_at TEXT NOT NULL,
    -- JSON of ShownCard
    card TEXT NOT NULL,
    UNIQUE (channel, reader)
);
