-- What the coaches' desk keeps of its own.

-- A visit that ended unserved, or an appointment that nobody came to: somebody called back.
-- What is not here still has to be called.
CREATE TABLE call_back (
    subject TEXT PRIMARY KEY,               -- a visit's or an appointment's id
    result  TEXT NOT NULL CHECK (result IN ('reached', 'no_answer', 'not_needed')),
    at_ms   INTEGER NOT NULL,
    actor   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The secret address of a coach's calendar; only its hash is kept.
CREATE TABLE calendar_feed (
    coach   TEXT PRIMARY KEY,
    hash    BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    made_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a person put right in a record that the register refused: laid over the record's body
-- when it is sent. Encrypted like that body; the house can write it and not read it.
CREATE TABLE outbox_fix (
    outbox INTEGER PRIMARY KEY REFERENCES outbox (seq),
    key    INTEGER NOT NULL REFERENCES outbox_key (id),
    body   BLOB NOT NULL CHECK (length(body) <= 8192),
    at_ms  INTEGER NOT NULL,
    actor  TEXT NOT NULL
) STRICT;
