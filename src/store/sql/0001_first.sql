-- The first schema. Instants are UTC milliseconds (`_ms`); `day` is the business
-- date as days since 1970-01-01; ids are ULIDs made on the box. Personal fields
-- lie only in the `person` and `note` blobs, sealed under the key of their day;
-- `person_mac` is a keyed hash under the same key. Every row names its site.
-- A long IN list would build a table in memory at each insert, so the tables that every
-- visitor writes spell theirs with OR.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE roster (
    version     INTEGER PRIMARY KEY,
    imported_ms INTEGER NOT NULL,
    json        TEXT NOT NULL CHECK (length(json) <= 1048576)
) STRICT;

CREATE TABLE staff (
    id          TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 32),
    name        TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    role        TEXT NOT NULL CHECK (role IN ('coach', 'coordinator', 'admin')),
    coach       TEXT,                       -- the roster coach, for role coach
    pin_hash    TEXT NOT NULL,              -- Argon2id over HMAC(device pepper, PIN)
    totp        BLOB NOT NULL,              -- sealed under the device key
    totp_step   INTEGER NOT NULL DEFAULT 0, -- the last one used: a code works once
    created_ms  INTEGER NOT NULL,
    disabled_ms INTEGER
) STRICT, WITHOUT ROWID;

-- Wrong tries, per person, device, kiosk code entry, and in all ('*').
CREATE TABLE lockout (
    subject       TEXT PRIMARY KEY,
    wrong         INTEGER NOT NULL,
    boot          TEXT NOT NULL,            -- boot id in which until_mono_ms counts
    until_mono_ms INTEGER NOT NULL,
    left_ms       INTEGER NOT NULL          -- what is left when the boot id differs
) STRICT, WITHOUT ROWID;

CREATE TABLE at_work (
    coach    TEXT PRIMARY KEY,
    since_ms INTEGER NOT NULL,
    paused   INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Tickets: one row per business day and series. Series 'person' of day 0 numbers people.
CREATE TABLE counter (
    day    INTEGER NOT NULL,
    series TEXT NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (day, series)
) STRICT, WITHOUT ROWID;

CREATE TABLE appointment (
    id           TEXT PRIMARY KEY,
    chain        TEXT NOT NULL,             -- the first appointment's id: one zaak
    site         TEXT NOT NULL,
    day          INTEGER NOT NULL,
    coach        TEXT NOT NULL,
    service      TEXT NOT NULL,
    start_ms     INTEGER NOT NULL,
    end_ms       INTEGER NOT NULL CHECK (end_ms > start_ms),
    stop_ms      INTEGER NOT NULL CHECK (stop_ms >= end_ms), -- end with the buffer
    seat         INTEGER NOT NULL DEFAULT 0 CHECK (seat BETWEEN 0 AND 99), -- over 0: overbooked
    state        TEXT NOT NULL CHECK (state = 'held' OR state = 'booked' OR
                 state = 'checked_in' OR state = 'cancelled' OR state = 'moved' OR
                 state = 'no_show' OR state = 'expired'),
    version      INTEGER NOT NULL DEFAULT 1,
    held_by      TEXT,                      -- device that holds it
    held_until_ms INTEGER,
    extended     INTEGER NOT NULL DEFAULT 0 CHECK (extended IN (0, 1)),
    code_day     INTEGER,                   -- whose day key the code comes from
    code_count   INTEGER NOT NULL DEFAULT 0,
    code_mac     BLOB,
    token_mac    BLOB,
    person       BLOB CHECK (length(person) <= 1024),
    person_mac   BLOB,
    person_no    INTEGER,
    municipality TEXT,
    topic        TEXT,
    lang         TEXT,
    successor    TEXT,                      -- of a moved one
    visit        TEXT,                      -- of a checked-in one
    reason       TEXT,                      -- overbooking, cancellation by the house
    created_ms   INTEGER NOT NULL,
    CHECK (state <> 'held' OR held_until_ms IS NOT NULL)
) STRICT, WITHOUT ROWID;
-- Covers the reading of busy time, so that listing free times reads no row.
CREATE INDEX appointment_busy ON appointment (coach, start_ms, stop_ms, state, held_until_ms)
    WHERE state = 'held' OR state = 'booked' OR state = 'checked_in';
CREATE INDEX appointment_held ON appointment (held_until_ms) WHERE state = 'held';
CREATE INDEX appointment_due ON appointment (start_ms) WHERE state = 'booked';
CREATE INDEX appointment_chain ON appointment (chain);
CREATE UNIQUE INDEX appointment_code ON appointment (code_mac) WHERE state = 'booked';
CREATE INDEX appointment_any_code ON appointment (code_mac, day) WHERE code_mac IS NOT NULL;
CREATE INDEX appointment_token ON appointment (token_mac, day) WHERE token_mac IS NOT NULL;
-- The way to a person's appointments of a day, and to all of that day.
CREATE INDEX appointment_person ON appointment (day, person_mac)
    WHERE state = 'booked' OR state = 'checked_in' OR state = 'no_show';

-- The guard of every seat: a five-minute quantum of a coach belongs to one appointment.
CREATE TABLE claim (
    coach       TEXT NOT NULL,
    q5          INTEGER NOT NULL,           -- UTC ms / 300000
    seat        INTEGER NOT NULL,
    appointment TEXT NOT NULL REFERENCES appointment (id),
    PRIMARY KEY (coach, q5, seat)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_appointment ON claim (appointment);

CREATE TABLE visit (
    id           TEXT PRIMARY KEY,
    chain        TEXT NOT NULL,             -- the appointment's chain, or the visit's own id
    site         TEXT NOT NULL,
    day          INTEGER NOT NULL,
    series       TEXT NOT NULL,
    number       INTEGER NOT NULL CHECK (number >= 1),
    state        TEXT NOT NULL CHECK (state = 'waiting' OR state = 'called' OR
                 state = 'in_service' OR state = 'paused' OR state = 'missed' OR
                 state = 'parked' OR state = 'done' OR state = 'left' OR
                 state = 'unserved' OR state = 'voided'),
    version      INTEGER NOT NULL DEFAULT 1,
    kind         TEXT NOT NULL CHECK (kind IN ('walk_in', 'appointment')),
    appointment  TEXT REFERENCES appointment (id),
    service      TEXT NOT NULL,
    coach        TEXT,                      -- whom the visitor waits for; NULL is the first free
    with_coach   TEXT,                      -- who called, or helps
    arrived_ms   INTEGER NOT NULL,
    due_ms       INTEGER,                   -- the appointment's start
    urgent       INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
    redirected   INTEGER NOT NULL DEFAULT 0 CHECK (redirected IN (0, 1)),
    calls        INTEGER NOT NULL DEFAULT 0,
    chime        INTEGER NOT NULL DEFAULT 0, -- rises with each call and recall of the day
    called_ms    INTEGER,                   -- the last call or recall
    first_call_ms INTEGER,                  -- the end of the waiting time
    block_until_ms INTEGER,                 -- "next" leaves it alone until then
    started_ms   INTEGER,
    ended_ms     INTEGER,
    until_ms     INTEGER,                   -- of paused and parked
    outcome      TEXT,
    inaccurate   INTEGER NOT NULL DEFAULT 0 CHECK (inaccurate IN (0, 1)),
    clock_unsure INTEGER NOT NULL DEFAULT 0 CHECK (clock_unsure IN (0, 1)),
    printed      INTEGER NOT NULL DEFAULT 0 CHECK (printed IN (0, 1)),
    token_mac    BLOB,
    person       BLOB NOT NULL CHECK (length(person) <= 1024),
    person_mac   BLOB NOT NULL,
    person_no    INTEGER NOT NULL,
    note         BLOB CHECK (length(note) <= 1024),
    municipality TEXT NOT NULL,
    topic        TEXT NOT NULL,
    lang         TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX visit_ticket ON visit (day, series, number);
CREATE UNIQUE INDEX visit_of_coach ON visit (with_coach) WHERE state IN ('called', 'in_service');
-- One open visit per person and day; also the way to all open visits of a day.
CREATE UNIQUE INDEX visit_of_person ON visit (day, person_mac)
    WHERE state = 'waiting' OR state = 'called' OR state = 'in_service' OR state = 'paused'
       OR state = 'missed' OR state = 'parked';
CREATE INDEX visit_until ON visit (until_ms)
    WHERE state IN ('paused', 'parked') AND until_ms IS NOT NULL;
-- Covers the estimate's durations, of which every walk-in reads some.
CREATE INDEX visit_finished ON visit (service, ended_ms, started_ms, state, inaccurate)
    WHERE state = 'done' AND inaccurate = 0;
CREATE INDEX visit_token ON visit (token_mac) WHERE token_mac IS NOT NULL;

-- History of visits and appointments, append-only. `before` holds the columns that an
-- undo puts back (JSON, no personal data).
CREATE TABLE event (
    subject TEXT NOT NULL,                  -- a visit's or an appointment's id
    seq     INTEGER NOT NULL,
    at_ms   INTEGER NOT NULL,
    act     TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    actor   TEXT NOT NULL,                  -- 'kiosk:1', 'staff:ID', 'house' (time), 'ctl'
    coach   TEXT,
    service TEXT,
    reason  TEXT CHECK (reason IS NULL OR length(reason) <= 200),
    before  TEXT,
    PRIMARY KEY (subject, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY,
    at_ms   INTEGER NOT NULL,
    boot    TEXT NOT NULL,
    mono_ms INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    object  TEXT NOT NULL,
    result  TEXT NOT NULL,
    mac     BLOB NOT NULL CHECK (length(mac) = 32) -- keyed BLAKE2b over the row before and this
) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- Bodies are encrypted under a random key, which is sealed to the key pair of its day.
CREATE TABLE outbox_key (
    id     INTEGER PRIMARY KEY,
    day    INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE outbox (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT, -- also the register's reference number
    id          TEXT NOT NULL UNIQUE,
    chain       TEXT NOT NULL,
    place       INTEGER NOT NULL CHECK (place >= 1), -- in its chain
    kind        TEXT NOT NULL,
    day         INTEGER NOT NULL,
    event_ms    INTEGER NOT NULL,           -- strictly rising within a chain
    key         INTEGER NOT NULL REFERENCES outbox_key (id),
    body        BLOB NOT NULL CHECK (length(body) <= 66000),
    state       TEXT NOT NULL CHECK (state = 'queued' OR state = 'waiting' OR
                state = 'sent' OR state = 'dead' OR state = 'discarded'),
    attempts    INTEGER NOT NULL DEFAULT 0,
    next_try_ms INTEGER NOT NULL DEFAULT 0,
    code        TEXT,                       -- of the last refusal
    created_ms  INTEGER NOT NULL,
    sent_ms     INTEGER,
    resolved_by TEXT,
    resolved_how TEXT
) STRICT;
CREATE INDEX outbox_open ON outbox (chain, seq)
    WHERE state = 'queued' OR state = 'waiting' OR state = 'dead';
CREATE INDEX outbox_discarded ON outbox (seq) WHERE state = 'discarded';
CREATE UNIQUE INDEX outbox_chain ON outbox (chain, place);

-- One HTTP call each; a retry sends the same bytes.
CREATE TABLE outbox_step (
    outbox       INTEGER NOT NULL REFERENCES outbox (seq),
    n            INTEGER NOT NULL,
    name         TEXT NOT NULL,
    key          TEXT,                      -- what the register knows it by
    depends_on   TEXT,
    body         BLOB NOT NULL,             -- encrypted like the record's body
    state        TEXT NOT NULL CHECK (state IN ('ready', 'in_flight', 'done', 'refused')),
    unsure       INTEGER NOT NULL DEFAULT 0 CHECK (unsure IN (0, 1)), -- a try may have arrived
    attempts     INTEGER NOT NULL DEFAULT 0,
    first_try_ms INTEGER,
    last_try_ms  INTEGER,
    method       TEXT,                      -- of the last try, as what follows
    path         TEXT,
    last_status  INTEGER,
    code         TEXT,
    params       TEXT,
    instance     TEXT,
    api_version  TEXT,
    result_url   TEXT,
    digest       BLOB,                      -- of the body as sent
    done_ms      INTEGER,
    PRIMARY KEY (outbox, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_step_open ON outbox_step (outbox) WHERE state = 'in_flight';

-- What a chain has got in the register, for the steps of later records.
CREATE TABLE outbox_url (
    chain TEXT NOT NULL,
    name  TEXT NOT NULL,
    url   TEXT NOT NULL,
    PRIMARY KEY (chain, name)
) STRICT, WITHOUT ROWID;

-- Anonymous counts, written with the event they count; they outlive the purge.
CREATE TABLE daily_count (
    day          INTEGER NOT NULL,
    site         TEXT NOT NULL,
    measure      TEXT NOT NULL,
    municipality TEXT NOT NULL DEFAULT '',
    topic        TEXT NOT NULL DEFAULT '',
    coach        TEXT NOT NULL DEFAULT '',
    hour         INTEGER NOT NULL DEFAULT -1,
    n            INTEGER NOT NULL,
    PRIMARY KEY (day, site, measure, municipality, topic, coach, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE help_call (
    id        TEXT PRIMARY KEY,
    at_ms     INTEGER NOT NULL,
    device    TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('sent', 'seen', 'coming', 'done', 'cancelled')),
    staff     TEXT,
    changed_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX help_call_device ON help_call (device, at_ms);
CREATE INDEX help_call_open ON help_call (at_ms) WHERE state IN ('sent', 'seen', 'coming');

-- Present state of things that staff must know of: printer, clock, upload.
CREATE TABLE device_state (
    device   TEXT PRIMARY KEY,
    state    TEXT NOT NULL,
    since_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
