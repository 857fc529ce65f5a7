-- A house that joined a region (store/region.h): what goes there, which seats were asked of it,
-- and what it says. All of it is empty in a house that stands alone. Nothing here names a
-- person but the sealed bodies, which only the house that they are for can open.

CREATE TABLE region (
    one           INTEGER PRIMARY KEY CHECK (one = 1),
    site          TEXT NOT NULL,
    key           BLOB NOT NULL CHECK (length(key) = 32), -- public half: others seal to it
    block_minutes INTEGER NOT NULL CHECK (block_minutes BETWEEN 5 AND 1440),
    one_in        INTEGER NOT NULL CHECK (one_in BETWEEN 1 AND 24),
    joined_ms     INTEGER NOT NULL,
    mirror        INTEGER NOT NULL DEFAULT 1, -- rises when what the region says of days changed
    sent          INTEGER NOT NULL DEFAULT 0, -- the last region_event that the region has
    line          INTEGER NOT NULL DEFAULT 0 CHECK (line IN (0, 1)),
    line_ms       INTEGER NOT NULL DEFAULT 0, -- its last answer
    why           TEXT NOT NULL DEFAULT ''    -- a word: what is wrong
) STRICT;

-- The order in which events go to the region; what they say stands in `event`.
CREATE TABLE region_event (
    n       INTEGER PRIMARY KEY AUTOINCREMENT,
    id      TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('visit', 'appointment')),
    day     INTEGER NOT NULL              -- whose anonymous counts it changed
) STRICT;

-- A seat of a shared block that this house claims in the region.
CREATE TABLE region_seat (
    id          TEXT PRIMARY KEY,         -- by which the region knows it
    appointment TEXT,                     -- of this house; NULL for another house
    site        TEXT NOT NULL,            -- whose coach's time it is
    coach       TEXT NOT NULL,
    day         INTEGER NOT NULL,
    q5          INTEGER NOT NULL,
    n           INTEGER NOT NULL CHECK (n > 0),
    seat        INTEGER NOT NULL DEFAULT 0,
    state       TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'going')),
    until_ms    INTEGER                   -- let go then; NULL: it is in use
) STRICT, WITHOUT ROWID;
CREATE INDEX region_seat_open ON region_seat (state) WHERE state <> 'granted';
CREATE INDEX region_seat_until ON region_seat (until_ms) WHERE until_ms IS NOT NULL;
CREATE INDEX region_seat_appointment ON region_seat (appointment);

-- An appointment for another house, sealed to it, until it has arrived there.
CREATE TABLE region_out (
    id       TEXT PRIMARY KEY,            -- of its seat, and of the appointment there
    site     TEXT NOT NULL,
    coach    TEXT NOT NULL,
    service  TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms   INTEGER NOT NULL,
    stop_ms  INTEGER NOT NULL,
    sent     INTEGER NOT NULL DEFAULT 0 CHECK (sent IN (0, 1)), -- the region has it
    body     BLOB NOT NULL CHECK (length(body) <= 4096)
) STRICT, WITHOUT ROWID;

-- One that another house made for this one. Its body goes when the house has stored it; the
-- rest stays, so that it is not stored twice.
CREATE TABLE region_in (
    id        TEXT PRIMARY KEY,
    from_site TEXT NOT NULL,
    coach     TEXT NOT NULL,
    service   TEXT NOT NULL,
    start_ms  INTEGER NOT NULL,
    end_ms    INTEGER NOT NULL,
    stop_ms   INTEGER NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('new', 'kept', 'told', 'bad')), -- told: acknowledged
    body      BLOB NOT NULL CHECK (length(body) <= 4096)
) STRICT, WITHOUT ROWID;
CREATE INDEX region_in_open ON region_in (state) WHERE state = 'new' OR state = 'kept';

-- What the region says of this house's coaches: where they are at home, which days are
-- elsewhere, and which seats others claim.
CREATE TABLE region_coach (
    coach TEXT PRIMARY KEY,
    home  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE region_day (
    coach TEXT NOT NULL,
    day   INTEGER NOT NULL,
    here  INTEGER NOT NULL CHECK (here IN (0, 1)),
    PRIMARY KEY (coach, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE region_closure (
    first_day INTEGER NOT NULL,
    last_day  INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (first_day, last_day, reason)
) STRICT, WITHOUT ROWID;
CREATE TABLE region_claim (
    coach TEXT NOT NULL,
    q5    INTEGER NOT NULL,
    seat  INTEGER NOT NULL,
    id    TEXT NOT NULL,
    PRIMARY KEY (coach, q5, seat)
) STRICT, WITHOUT ROWID;

-- The other houses, and what one of them offers: asked for when somebody wants to book there.
CREATE TABLE region_site (
    site     TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    key      BLOB NOT NULL CHECK (length(key) = 32),
    asked_ms INTEGER NOT NULL DEFAULT 0,
    got_ms   INTEGER NOT NULL DEFAULT 0,
    roster   TEXT NOT NULL DEFAULT '',
    offer    TEXT NOT NULL DEFAULT ''     -- JSON: days elsewhere, seats claimed
) STRICT, WITHOUT ROWID;
