-- What an undo would put back is of use for ten seconds; the nightly retention takes it away with
-- the names of its date. Everything else of an event stays as it is, and nothing is put back there.
DROP TRIGGER event_stays;
CREATE TRIGGER event_stays BEFORE UPDATE ON event
WHEN NEW.before IS NOT NULL OR (OLD.subject, OLD.seq, OLD.at_ms, OLD.act, OLD.from_state, OLD.to_state,
        OLD.actor, OLD.coach, OLD.service, OLD.reason, OLD.why)
    IS NOT (NEW.subject, NEW.seq, NEW.at_ms, NEW.act, NEW.from_state, NEW.to_state,
        NEW.actor, NEW.coach, NEW.service, NEW.reason, NEW.why)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
