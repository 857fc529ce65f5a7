-- The audit log may be shortened from its old end ([retention] audit_days): up to and with the
-- row that meta's audit_floor names. A row of the chain itself tells who did it and how far, so
-- that nobody else can (audit.h).
DROP TRIGGER audit_keeps;
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit
WHEN OLD.seq > coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'audit_floor'), 0)
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
