-- A reason is free text, and may name somebody: it is sealed like a note from here on. What
-- stands in clear of before is gone with this.
ALTER TABLE appointment ADD COLUMN why BLOB; -- sealed: reason.h
ALTER TABLE event ADD COLUMN why BLOB;
UPDATE appointment SET reason = NULL WHERE reason IS NOT NULL;
DROP TRIGGER event_stays;
UPDATE event SET reason = NULL WHERE reason IS NOT NULL;
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append-only'); END;
