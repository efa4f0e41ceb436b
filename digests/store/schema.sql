-- The current truth. Files of older versions come here through migrations/; a test holds both roads together.

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    -- feed, folder
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    location TEXT NOT NULL,
    -- config: named in the configuration file; added: at run time; loaded: a path given to `load`
    origin TEXT NOT NULL,
    -- opaque id of the server that it belongs to; NULL: shared by all
    owner TEXT,
    pages INTEGER NOT NULL DEFAULT 0,
    paused INTEGER NOT NULL DEFAULT 0,
    etag TEXT,
    last_modified TEXT,
    checked_at TEXT,
    succeeded_at TEXT,
    -- in a row, since the last success
    failures INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    -- articles stay when their source goes
    removed_at TEXT
);

CREATE TABLE stories (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    first_published TEXT,
    last_published TEXT,
    -- JSON array of words
    keywords TEXT NOT NULL DEFAULT '[]',
    voices INTEGER NOT NULL DEFAULT 0,
    -- JSON array of [copy, original]
    copies TEXT NOT NULL DEFAULT '[]',
    -- figures in its articles; one part of its importance
    figures INTEGER NOT NULL DEFAULT 0,
    merged_into TEXT REFERENCES stories (id),
    -- grows with every change in the store: readers ask for what is newer than they know
    revision INTEGER NOT NULL
);
-- what changed since a revision
CREATE INDEX stories_by_revision ON stories (revision);

CREATE TABLE articles (
    -- grows with time of arrival: ranked searches are bounded by it
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL REFERENCES sources (id),
    external_id TEXT NOT NULL,
    story_id TEXT NOT NULL REFERENCES stories (id),
    url TEXT,
    outlet TEXT,
    title TEXT,
    text TEXT NOT NULL,
    published TEXT,
    published_on TEXT,
    published_from TEXT,
    retrieved TEXT NOT NULL,
    -- JSON array of names
    authors TEXT NOT NULL DEFAULT '[]',
    -- of what the source gave, before cleaning
    content_hash TEXT NOT NULL,
    rules_fingerprint TEXT NOT NULL,
    UNIQUE (source_id, external_id)
);
-- an entry that a feed gives under a new id
CREATE INDEX articles_by_url ON articles (source_id, url);
CREATE INDEX articles_by_time ON articles (source_id, published);
-- the articles of a story
CREATE INDEX articles_by_story ON articles (story_id);
-- articles that older rules read, oldest rules first
CREATE INDEX articles_by_rules ON articles (rules_fingerprint, number);

CREATE TABLE facts (
    article_number INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    -- JSON, see store/facts.py
    facts TEXT NOT NULL,
    -- how many figures are in them
    figures INTEGER NOT NULL,
    -- JSON of stories.cluster.Signature
    signature TEXT NOT NULL,
    -- what the source gave, compressed JSON: read again when the rules change
    raw BLOB NOT NULL
);

-- What analysis made of a story: derived, so that neither a first question nor a restart thinks it through again.
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

-- What a story tells of its affair, and of what that depends: derived, as the cards are.
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

-- Pictures of the stories that are asked for first: derived, as the cards are.
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

CREATE VIRTUAL TABLE article_words USING fts5 (
    title,
    text,
    content = 'articles',
    content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER articles_insert_words AFTER INSERT ON articles BEGIN
    INSERT INTO article_words (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER articles_delete_words AFTER DELETE ON articles BEGIN
    INSERT INTO article_words (article_words, rowid, title, text)
    VALUES ('delete', old.number, old.title, old.text);
END;
CREATE TRIGGER articles_update_words AFTER UPDATE OF title, text ON articles BEGIN
    INSERT INTO article_words (article_words, rowid, title, text)
    VALUES ('delete', old.number, old.title, old.text);
    INSERT INTO article_words (rowid, title, text) VALUES (new.number, new.title, new.text);
END;

-- One scheduled digest of one local day and time: it exists once, whatever happens.
CREATE TABLE slots (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    subscription TEXT NOT NULL,
    local_date TEXT NOT NULL,
    local_time TEXT NOT NULL,
    destination TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    UNIQUE (subscription, local_date, local_time)
);

-- One message of a slot; its payload is frozen when the slot opens.
CREATE TABLE parts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    slot_id INTEGER NOT NULL REFERENCES slots (id),
    number INTEGER NOT NULL,
    -- JSON text
    payload TEXT NOT NULL,
    -- the platform drops a second message with the same one
    nonce TEXT NOT NULL,
    -- short id shown in the message, by which it is found again
    mark TEXT NOT NULL,
    -- ready, sending, sent, unsure, skipped
    state TEXT NOT NULL DEFAULT 'ready',
    -- the message's id where it was sent; opaque
    reference TEXT,
    reason TEXT,
    changed_at TEXT NOT NULL,
    UNIQUE (slot_id, number)
);
-- what a start has to finish
CREATE INDEX parts_unfinished ON parts (state) WHERE state IN ('ready', 'sending');

-- What the last card in a channel showed, so that a reader can ask for the words behind a number.
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

-- What servers set up from within Discord.
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

-- What the checks of a source left behind: when it is asked again, and since when it fails.
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

-- A sum over each article with its facts, and over each story: what changes in the file without being written is found.
CREATE TABLE article_sums (
    article_number INTEGER PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE,
    -- see store/sums.py
    sum BLOB NOT NULL
);
CREATE TABLE story_sums (
    story_id TEXT PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    sum BLOB NOT NULL
) WITHOUT ROWID;
