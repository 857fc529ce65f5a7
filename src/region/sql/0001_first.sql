-- The region's database: what its houses share. It holds keys, times, states and counts, and
-- no name, birth date, phone number or address of a visitor: those travel in `parcel.body`,
-- sealed to the one house that can open it, and are gone once that house has them.
--
-- Roles, made by `dynamoctl region init`: dynamo_owner owns all of this; every house logs in as
-- site_ID, a member of dynamo_site; the coordinator's pages log in as a member of dynamo_desk.
-- Who a house is follows from the name it logged in with, and from nothing that it says.

CREATE FUNCTION my_site() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT CASE WHEN left(session_user::text, 5) = 'site_' THEN substr(session_user::text, 6) END $$;

-- The rule of shared blocks, for good: src/core/shared.h is the same function.
CREATE TABLE rule (
    one           boolean PRIMARY KEY DEFAULT true CHECK (one),
    block_minutes integer NOT NULL CHECK (block_minutes BETWEEN 5 AND 1440
                                          AND block_minutes % 5 = 0 AND 1440 % block_minutes = 0),
    one_in        integer NOT NULL CHECK (one_in BETWEEN 1 AND 24)
);

CREATE TABLE site (
    id       text PRIMARY KEY CHECK (id ~ '^[a-z0-9_-]{1,32}$'),
    name     text NOT NULL CHECK (length(name) <= 64),
    key      bytea NOT NULL CHECK (length(key) = 32), -- parcels are sealed to it; never changed
    roster   text NOT NULL DEFAULT '' CHECK (length(roster) <= 1048576),
    asserted boolean NOT NULL DEFAULT true, -- has told its seats since the last loss
    joined   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX site_silent ON site (id) WHERE NOT asserted;

-- One row a house: how far it is, and how it goes there.
CREATE TABLE site_state (
    site       text PRIMARY KEY REFERENCES site ON DELETE CASCADE,
    last_n     bigint NOT NULL DEFAULT 0,
    last_id    text NOT NULL DEFAULT '',
    seen       timestamptz NOT NULL DEFAULT now(),
    waiting    integer NOT NULL DEFAULT 0,
    since_ms   bigint NOT NULL DEFAULT 0,  -- arrival of whoever waits longest; 0: nobody
    at_work    integer NOT NULL DEFAULT 0,
    unsent     bigint NOT NULL DEFAULT 0,  -- records for the case register
    dead       bigint NOT NULL DEFAULT 0,
    told       text NOT NULL DEFAULT ''    -- a word: what is wrong
);

CREATE TABLE event (
    id         text PRIMARY KEY CHECK (length(id) = 26),
    site       text NOT NULL,
    n          bigint NOT NULL,            -- the house's own order
    at_ms      bigint NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('visit', 'appointment')),
    subject    text NOT NULL CHECK (length(subject) = 26),
    seq        bigint NOT NULL,
    act        text NOT NULL CHECK (length(act) <= 24),
    from_state text CHECK (length(from_state) <= 24),
    to_state   text NOT NULL CHECK (length(to_state) <= 24),
    actor      text NOT NULL CHECK (length(actor) <= 40),
    coach      text CHECK (length(coach) <= 32),
    service    text CHECK (length(service) <= 32)
);

CREATE TABLE day_count (
    site         text NOT NULL,
    day          integer NOT NULL,
    measure      text NOT NULL CHECK (length(measure) <= 40),
    municipality text NOT NULL CHECK (length(municipality) <= 4),
    topic        text NOT NULL CHECK (length(topic) <= 16),
    coach        text NOT NULL CHECK (length(coach) <= 32),
    hour         integer NOT NULL,
    n            bigint NOT NULL,
    PRIMARY KEY (site, day, measure, municipality, topic, coach, hour)
);

CREATE TABLE coach (
    id   text PRIMARY KEY CHECK (id ~ '^[a-z0-9_-]{1,32}$'),
    home text NOT NULL REFERENCES site ON DELETE CASCADE,
    turn integer NOT NULL,                 -- sum of the bytes of the id
    open boolean NOT NULL DEFAULT false    -- other houses may claim: ours are told already
);
CREATE FUNCTION coach_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.turn := (SELECT coalesce(sum(get_byte(convert_to(NEW.id, 'UTF8'), i)), 0)
                 FROM generate_series(0, octet_length(NEW.id) - 1) i);
    RETURN NEW;
END $$;
CREATE TRIGGER coach_turn BEFORE INSERT OR UPDATE OF id, turn ON coach
    FOR EACH ROW EXECUTE FUNCTION coach_turn();

-- A day that is not at the coach's home, or is about to change hands: the house that has it
-- lets it go itself (hand_over), so that never two houses believe that it is theirs.
CREATE TABLE coach_day (
    coach     text NOT NULL REFERENCES coach ON DELETE CASCADE,
    day       integer NOT NULL,
    site      text NOT NULL REFERENCES site ON DELETE CASCADE,
    moving_to text REFERENCES site ON DELETE CASCADE,
    PRIMARY KEY (coach, day)
);

CREATE TABLE closure (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site      text REFERENCES site ON DELETE CASCADE, -- NULL: every house
    first_day integer NOT NULL,
    last_day  integer NOT NULL CHECK (last_day >= first_day),
    reason    text NOT NULL CHECK (length(reason) BETWEEN 1 AND 64)
);

-- The guard of every shared seat, with the key that the houses use at home.
CREATE TABLE claim (
    coach   text NOT NULL,
    q5      bigint NOT NULL,
    seat    integer NOT NULL,
    id      text NOT NULL,
    by_site text NOT NULL,
    day     integer NOT NULL,
    PRIMARY KEY (coach, q5, seat)
);

CREATE TABLE parcel (
    id       text PRIMARY KEY CHECK (length(id) = 26),
    by_site  text NOT NULL,
    for_site text NOT NULL REFERENCES site ON DELETE CASCADE,
    coach    text NOT NULL,
    service  text NOT NULL CHECK (length(service) <= 32),
    start_ms bigint NOT NULL,
    end_ms   bigint NOT NULL,
    stop_ms  bigint NOT NULL,
    body     bytea CHECK (length(body) <= 4096),
    arrived  boolean NOT NULL DEFAULT false,
    CHECK (arrived = (body IS NULL))
);
CREATE INDEX parcel_for ON parcel (for_site) WHERE NOT arrived;
CREATE INDEX parcel_by ON parcel (by_site);

-- ---- claims ----

CREATE FUNCTION owner_of(p_coach text, p_day integer) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(d.site, c.home) FROM coach c
    LEFT JOIN coach_day d ON d.coach = c.id AND d.day = p_day WHERE c.id = p_coach
$$;

CREATE FUNCTION seat_is_shared(p_turn integer, p_q5 bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT (p_q5 * 5 / block_minutes + p_q5 / 288 + p_turn) % one_in = 0 FROM rule
$$;

-- Whether all of [p_q5, p_q5 + p_n) is shared.
CREATE FUNCTION all_shared(p_turn integer, p_q5 bigint, p_n integer) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT bool_and(seat_is_shared(p_turn, p_q5 + i)) FROM generate_series(0, p_n - 1) i
$$;

-- 'granted', also when it is this house's already; 'refused'; 'wait': a loss is being mended.
-- The coach's owner may claim any time, others what is shared, once the owner has told its own.
-- `p_again`: a house tells what it holds.
CREATE FUNCTION claim_seat(p_id text, p_coach text, p_day integer, p_q5 bigint, p_n integer,
                           p_seat integer, p_again boolean)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
DECLARE
    me text := my_site();
    c record;
    got integer;
BEGIN
    SELECT k.turn, k.open, coalesce(d.site, k.home) = me AS ours,
           EXISTS (SELECT 1 FROM site WHERE NOT asserted) AS mending
        INTO c FROM coach k LEFT JOIN coach_day d ON d.coach = k.id AND d.day = p_day
        WHERE k.id = p_coach;
    IF c.mending AND NOT p_again THEN
        RETURN 'wait';
    END IF;
    IF c.ours IS NULL OR length(p_id) <> 26 OR p_seat NOT BETWEEN 0 AND 99
        OR p_n NOT BETWEEN 1 AND 288 OR p_q5 < 0 OR abs(p_q5 / 288 - p_day) > 1
        OR NOT (c.ours OR (c.open AND all_shared(c.turn, p_q5, p_n))) THEN
        RETURN 'refused';
    END IF;
    INSERT INTO claim (coach, q5, seat, id, by_site, day)
        SELECT p_coach, q, p_seat, p_id, me, p_day FROM generate_series(p_q5, p_q5 + p_n - 1) q
        ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS got = ROW_COUNT;
    IF got = p_n OR p_n = (SELECT count(*) FROM claim WHERE coach = p_coach AND seat = p_seat
            AND q5 >= p_q5 AND q5 < p_q5 + p_n AND id = p_id) THEN
        RETURN 'granted';
    END IF;
    DELETE FROM claim WHERE coach = p_coach AND seat = p_seat AND q5 >= p_q5
        AND q5 < p_q5 + p_n AND id = p_id AND by_site = me;
    RETURN 'refused';
END $$;

-- By whoever claimed it, or whose coach it is.
CREATE FUNCTION release_seat(p_id text, p_coach text, p_day integer, p_q5 bigint, p_n integer,
                             p_seat integer)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
    DELETE FROM claim WHERE coach = p_coach AND seat = p_seat AND q5 >= p_q5 AND q5 < p_q5 + p_n
        AND id = p_id AND (by_site = my_site() OR owner_of(p_coach, p_day) = my_site());
$$;

-- Coaches of this house: at home here, or with a day here.
CREATE FUNCTION my_coaches() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
    SELECT id FROM coach WHERE home = my_site()
    UNION SELECT coach FROM coach_day WHERE site = my_site() OR moving_to = my_site()
$$;

CREATE FUNCTION my_claims(p_from integer)
RETURNS TABLE (coach text, q5 bigint, seat integer, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
    SELECT c.coach, c.q5, c.seat, c.id FROM my_coaches() m
    JOIN claim c ON c.coach = m AND c.q5 >= p_from::bigint * 288
$$;

-- What changes when anything changes that this house must know of.
CREATE FUNCTION my_news(p_from integer) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
    SELECT md5(concat_ws('/',
        (SELECT count(*) || ':' || coalesce(sum(hashtextextended(c.id || c.q5 || '.' || c.seat, 0)), 0)
            FROM my_claims(p_from) c),
        (SELECT string_agg(id || home, ',' ORDER BY id) FROM coach WHERE id IN (SELECT my_coaches())),
        (SELECT string_agg(coach || day || site || coalesce('>' || moving_to, ''), ',' ORDER BY coach, day)
            FROM coach_day WHERE coach IN (SELECT my_coaches()) AND day >= p_from),
        (SELECT string_agg(first_day || '-' || last_day || reason, ',' ORDER BY id) FROM closure
            WHERE (site IS NULL OR site = my_site()) AND last_day >= p_from),
        (SELECT string_agg(id || name, ',' ORDER BY id) FROM site)))
$$;

-- What another house offers: where its coaches are, and what is claimed of them.
CREATE FUNCTION offer_of(p_site text, p_from integer) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
    SELECT coalesce(string_agg(line, E'\n'), '') FROM (
        SELECT 'coach ' || id || ' ' || home AS line FROM coach WHERE open AND (home = p_site
            OR id IN (SELECT coach FROM coach_day WHERE site = p_site AND moving_to IS NULL))
        UNION ALL
        SELECT 'day ' || coach || ' ' || day || ' ' || (site = p_site AND moving_to IS NULL)::int
            FROM coach_day WHERE day >= p_from AND coach IN (SELECT id FROM coach WHERE home = p_site
                UNION SELECT coach FROM coach_day WHERE site = p_site)
        UNION ALL
        SELECT 'claim ' || coach || ' ' || q5 FROM claim WHERE q5 >= p_from::bigint * 288
            AND coach IN (SELECT id FROM coach WHERE home = p_site
                UNION SELECT coach FROM coach_day WHERE site = p_site)) l
$$;

-- ---- days that change hands ----

-- Asked for by the coordinator; it happens when the house that has the day hands it over.
CREATE FUNCTION move_day(p_coach text, p_day integer, p_to text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
DECLARE
    has text;
BEGIN
    PERFORM 1 FROM coach WHERE id = p_coach FOR UPDATE;
    has := owner_of(p_coach, p_day);
    IF has IS NULL OR NOT EXISTS (SELECT 1 FROM site WHERE id = p_to) THEN
        RETURN 'unknown';
    END IF;
    INSERT INTO coach_day (coach, day, site, moving_to)
        VALUES (p_coach, p_day, has, nullif(p_to, has))
        ON CONFLICT (coach, day) DO UPDATE SET moving_to = excluded.moving_to;
    PERFORM pg_notify('dynamo_' || has, 'day');
    RETURN CASE WHEN has = p_to THEN 'there' ELSE 'asked' END;
END $$;

-- By the house that has it, once it offers nothing of that day and has told its own seats.
CREATE FUNCTION hand_over(p_coach text, p_day integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
DECLARE
    next text;
BEGIN
    PERFORM 1 FROM coach WHERE id = p_coach FOR UPDATE;
    UPDATE coach_day SET site = moving_to, moving_to = NULL
        WHERE coach = p_coach AND day = p_day AND site = my_site() AND moving_to IS NOT NULL
        RETURNING site INTO next;
    IF next IS NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_notify('dynamo_' || next, 'day');
    RETURN true;
END $$;

-- ---- losses: a restored backup, a replica that lacked the last commits ----

-- Said by who knows of one: from here on nothing new is claimed before every house has told
-- what it holds.
CREATE FUNCTION lost_something() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
    UPDATE site SET asserted = false WHERE asserted;
    SELECT pg_notify('dynamo', 'lost');
$$;
CREATE FUNCTION told_all() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
    UPDATE site SET asserted = true WHERE id = my_site() AND NOT asserted;
$$;

-- A house goes by itself, once everything that was sent to it has arrived; its events and
-- counts stay.
CREATE FUNCTION leave_region() RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM parcel WHERE for_site = my_site() AND NOT arrived)
        OR EXISTS (SELECT 1 FROM parcel WHERE by_site = my_site() AND NOT arrived) THEN
        RETURN 'parcels';
    END IF;
    DELETE FROM claim WHERE by_site = my_site() OR coach IN (SELECT id FROM coach WHERE home = my_site());
    DELETE FROM parcel WHERE by_site = my_site();
    DELETE FROM site WHERE id = my_site();
    RETURN 'gone';
END $$;

-- What is behind us goes: claims and parcels of days before p_before.
CREATE FUNCTION tidy(p_before integer) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
    WITH c AS (DELETE FROM claim WHERE day < p_before RETURNING 1),
         d AS (DELETE FROM coach_day WHERE day < p_before RETURNING 1)
    SELECT (SELECT count(*) FROM c) + (SELECT count(*) FROM d)
$$;

CREATE FUNCTION parcel_comes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('dynamo_' || NEW.for_site, 'parcel');
    RETURN NULL;
END $$;
CREATE TRIGGER parcel_comes AFTER INSERT ON parcel FOR EACH ROW EXECUTE FUNCTION parcel_comes();

-- Of interest to every house.
CREATE FUNCTION all_hear() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('dynamo', TG_TABLE_NAME);
    RETURN NULL;
END $$;
CREATE TRIGGER all_hear AFTER INSERT OR DELETE OR UPDATE OF name ON site
    FOR EACH STATEMENT EXECUTE FUNCTION all_hear();
CREATE TRIGGER all_hear AFTER INSERT OR DELETE ON closure
    FOR EACH STATEMENT EXECUTE FUNCTION all_hear();

-- ---- who may do what ----

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA dynamo FROM PUBLIC;
GRANT USAGE ON SCHEMA dynamo TO dynamo_site, dynamo_desk;
GRANT EXECUTE ON FUNCTION my_site() TO dynamo_site, dynamo_desk;
GRANT EXECUTE ON FUNCTION claim_seat, release_seat, my_coaches, my_claims, my_news, offer_of,
    hand_over, lost_something, told_all, leave_region TO dynamo_site;
GRANT EXECUTE ON FUNCTION move_day, tidy, offer_of TO dynamo_desk;

GRANT SELECT ON rule TO dynamo_site, dynamo_desk;
GRANT SELECT, INSERT (id, name, key), UPDATE (name, roster) ON site TO dynamo_site;
GRANT SELECT, INSERT (site), UPDATE ON site_state TO dynamo_site;
GRANT SELECT (id, site, n), INSERT ON event TO dynamo_site;
GRANT SELECT, INSERT, DELETE ON day_count TO dynamo_site;
GRANT SELECT, INSERT (id, home, turn), UPDATE (open) ON coach TO dynamo_site;
GRANT SELECT ON coach_day, closure TO dynamo_site;
GRANT SELECT ON claim TO dynamo_site;
GRANT SELECT, INSERT, UPDATE (body, arrived), DELETE ON parcel TO dynamo_site;

GRANT SELECT ON site, site_state, event, day_count, coach, coach_day, closure, claim TO dynamo_desk;
GRANT SELECT (id, by_site, for_site, coach, service, start_ms, end_ms, stop_ms, arrived)
    ON parcel TO dynamo_desk;
GRANT INSERT, DELETE ON closure TO dynamo_desk;

ALTER TABLE site ENABLE ROW LEVEL SECURITY;
ALTER TABLE site_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
ALTER TABLE day_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE coach ENABLE ROW LEVEL SECURITY;
ALTER TABLE coach_day ENABLE ROW LEVEL SECURITY;
ALTER TABLE closure ENABLE ROW LEVEL SECURITY;
ALTER TABLE claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE parcel ENABLE ROW LEVEL SECURITY;

CREATE POLICY desk ON site FOR SELECT TO dynamo_desk USING (true);
CREATE POLICY desk ON site_state FOR SELECT TO dynamo_desk USING (true);
CREATE POLICY desk ON event FOR SELECT TO dynamo_desk USING (true);
CREATE POLICY desk ON day_count FOR SELECT TO dynamo_desk USING (true);
CREATE POLICY desk ON coach FOR SELECT TO dynamo_desk USING (true);
CREATE POLICY desk ON coach_day FOR SELECT TO dynamo_desk USING (true);
CREATE POLICY desk ON closure TO dynamo_desk USING (true) WITH CHECK (true);
CREATE POLICY desk ON claim FOR SELECT TO dynamo_desk USING (true);
CREATE POLICY desk ON parcel FOR SELECT TO dynamo_desk USING (true);

-- Everybody knows who is there, and to which key a parcel is sealed.
CREATE POLICY look ON site FOR SELECT TO dynamo_site USING (true);
CREATE POLICY own_new ON site FOR INSERT TO dynamo_site WITH CHECK (id = my_site());
CREATE POLICY own ON site FOR UPDATE TO dynamo_site USING (id = my_site());
CREATE POLICY own ON site_state TO dynamo_site USING (site = my_site()) WITH CHECK (site = my_site());
CREATE POLICY own ON event FOR SELECT TO dynamo_site USING (site = my_site());
CREATE POLICY own_new ON event FOR INSERT TO dynamo_site WITH CHECK (site = my_site());
CREATE POLICY own ON day_count TO dynamo_site USING (site = my_site()) WITH CHECK (site = my_site());
CREATE POLICY own ON coach FOR SELECT TO dynamo_site USING (home = my_site() OR id IN (SELECT my_coaches()));
CREATE POLICY own_new ON coach FOR INSERT TO dynamo_site WITH CHECK (home = my_site());
CREATE POLICY own_open ON coach FOR UPDATE TO dynamo_site USING (home = my_site());
CREATE POLICY own ON coach_day FOR SELECT TO dynamo_site USING (coach IN (SELECT my_coaches()));
CREATE POLICY own ON closure FOR SELECT TO dynamo_site USING (site IS NULL OR site = my_site());
CREATE POLICY own ON claim FOR SELECT TO dynamo_site USING (by_site = my_site());
CREATE POLICY look ON parcel FOR SELECT TO dynamo_site
    USING (for_site = my_site() OR by_site = my_site());
-- Only for a seat that it holds.
CREATE POLICY send ON parcel FOR INSERT TO dynamo_site WITH CHECK (by_site = my_site()
    AND for_site <> my_site() AND NOT arrived AND EXISTS (SELECT 1 FROM claim c
        WHERE c.coach = parcel.coach AND c.q5 = parcel.start_ms / 300000 AND c.id = parcel.id));
CREATE POLICY take ON parcel FOR UPDATE TO dynamo_site USING (for_site = my_site())
    WITH CHECK (for_site = my_site() AND arrived);
CREATE POLICY clear ON parcel FOR DELETE TO dynamo_site USING (by_site = my_site() AND arrived);
