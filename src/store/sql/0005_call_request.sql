-- Somebody for whom no time was free asked to be called back. Once a day a person: who asks
-- again is called at the number given last. What came of it stands in call_back, under this id.
CREATE TABLE call_request (
    id           TEXT PRIMARY KEY,
    site         TEXT NOT NULL,
    day          INTEGER NOT NULL,
    at_ms        INTEGER NOT NULL,
    person       BLOB NOT NULL CHECK (length(person) <= 1024),
    person_mac   BLOB NOT NULL,
    municipality TEXT NOT NULL,
    topic        TEXT NOT NULL,
    lang         TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX call_request_person ON call_request (day, person_mac);
