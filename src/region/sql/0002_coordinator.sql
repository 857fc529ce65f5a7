-- What the coordinator's pages need beside the counts: which appointments a coach's day has, so
-- that who moves the day sees what that hits. Ids and times; no word of whose they are.
CREATE TABLE agenda (
    site     text NOT NULL REFERENCES site ON DELETE CASCADE,
    id       text NOT NULL CHECK (length(id) = 26),
    coach    text NOT NULL CHECK (length(coach) <= 32),
    day      integer NOT NULL,
    start_ms bigint NOT NULL,
    end_ms   bigint NOT NULL CHECK (end_ms > start_ms),
    PRIMARY KEY (site, id)
);
CREATE INDEX agenda_day ON agenda (coach, day);
GRANT SELECT, INSERT, DELETE ON agenda TO dynamo_site;
GRANT SELECT ON agenda TO dynamo_desk;
ALTER TABLE agenda ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON agenda TO dynamo_site USING (site = my_site()) WITH CHECK (site = my_site());
CREATE POLICY desk ON agenda FOR SELECT TO dynamo_desk USING (true);

-- Houses that joined before tell theirs when they open their coaches again: a few seconds.
UPDATE coach SET open = false;

-- A day's counts are asked for by the year.
CREATE INDEX day_count_day ON day_count (day);

-- The same answers as before, with less beside the insert: who may claim is asked by the insert
-- itself, so that a claim that is granted is one statement; why one is not is asked after it.
-- Names are written in full instead of a search path that every call would set and restore.
CREATE OR REPLACE FUNCTION claim_seat(p_id text, p_coach text, p_day integer, p_q5 bigint,
                                      p_n integer, p_seat integer, p_again boolean)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    me text := substr(session_user::text, 6);
    got integer;
BEGIN
    IF left(session_user::text, 5) <> 'site_' OR length(p_id) <> 26 OR p_seat NOT BETWEEN 0 AND 99
        OR p_n NOT BETWEEN 1 AND 288 OR p_q5 < 0 OR abs(p_q5 / 288 - p_day) > 1 THEN
        RETURN 'refused';
    END IF;
    INSERT INTO dynamo.claim (coach, q5, seat, id, by_site, day)
        SELECT p_coach, q, p_seat, p_id, me, p_day
        FROM dynamo.coach k LEFT JOIN dynamo.coach_day d ON d.coach = k.id AND d.day = p_day
        CROSS JOIN generate_series(p_q5, p_q5 + p_n - 1) q
        WHERE k.id = p_coach
        AND (p_again OR NOT EXISTS (SELECT 1 FROM dynamo.site s WHERE NOT s.asserted))
        AND (coalesce(d.site, k.home) = me OR (k.open AND NOT EXISTS
            (SELECT 1 FROM dynamo.rule r, generate_series(p_q5, p_q5 + p_n - 1) b
             WHERE (b * 5 / r.block_minutes + b / 288 + k.turn) % r.one_in <> 0)))
        ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS got = ROW_COUNT;
    IF got = p_n THEN
        RETURN 'granted';
    END IF;
    IF got = 0 AND NOT p_again AND EXISTS (SELECT 1 FROM dynamo.site s WHERE NOT s.asserted) THEN
        RETURN 'wait';
    END IF;
    IF p_n = (SELECT count(*) FROM dynamo.claim c WHERE c.coach = p_coach AND c.seat = p_seat
            AND c.q5 >= p_q5 AND c.q5 < p_q5 + p_n AND c.id = p_id) THEN
        RETURN 'granted';
    END IF;
    DELETE FROM dynamo.claim c WHERE c.coach = p_coach AND c.seat = p_seat AND c.q5 >= p_q5
        AND c.q5 < p_q5 + p_n AND c.id = p_id AND c.by_site = me;
    RETURN 'refused';
END $$;

CREATE OR REPLACE FUNCTION tidy(p_before integer) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
    WITH c AS (DELETE FROM claim WHERE day < p_before RETURNING 1),
         d AS (DELETE FROM coach_day WHERE day < p_before RETURNING 1),
         a AS (DELETE FROM agenda WHERE day < p_before RETURNING 1)
    SELECT (SELECT count(*) FROM c) + (SELECT count(*) FROM d) + (SELECT count(*) FROM a)
$$;

-- As before, and what the coordinator closed there.
CREATE OR REPLACE FUNCTION offer_of(p_site text, p_from integer) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
    SELECT coalesce(string_agg(line, E'\n'), '') FROM (
        SELECT 'coach ' || id || ' ' || home AS line FROM coach WHERE open AND (home = p_site
            OR id IN (SELECT coach FROM coach_day WHERE site = p_site AND moving_to IS NULL))
        UNION ALL
        SELECT 'day ' || coach || ' ' || day || ' ' || (site = p_site AND moving_to IS NULL)::int
            FROM coach_day WHERE day >= p_from AND coach IN (SELECT id FROM coach WHERE home = p_site
                UNION SELECT coach FROM coach_day WHERE site = p_site)
        UNION ALL
        SELECT 'closed ' || first_day || ' ' || last_day FROM closure
            WHERE last_day >= p_from AND (site IS NULL OR site = p_site)
        UNION ALL
        SELECT 'claim ' || coach || ' ' || q5 FROM claim WHERE q5 >= p_from::bigint * 288
            AND coach IN (SELECT id FROM coach WHERE home = p_site
                UNION SELECT coach FROM coach_day WHERE site = p_site)) l
$$;

-- Every house asks this every ten seconds: its claims are read where they lie, and of each only
-- one number is made.
CREATE OR REPLACE FUNCTION my_news(p_from integer) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = dynamo, pg_temp AS $$
    WITH mine AS MATERIALIZED (SELECT my_coaches() AS id),
         taken AS (SELECT count(*) AS n, sum(hashtextextended(c.id, c.q5 * 100 + c.seat)) AS h
                   FROM mine m JOIN claim c ON c.coach = m.id AND c.q5 >= p_from::bigint * 288)
    SELECT md5(concat_ws('/', (SELECT n || ':' || coalesce(h, 0) FROM taken),
        (SELECT string_agg(id || home, ',' ORDER BY id) FROM coach WHERE id IN (SELECT id FROM mine)),
        (SELECT string_agg(coach || day || site || coalesce('>' || moving_to, ''), ',' ORDER BY coach, day)
            FROM coach_day WHERE coach IN (SELECT id FROM mine) AND day >= p_from),
        (SELECT string_agg(first_day || '-' || last_day || reason, ',' ORDER BY id) FROM closure
            WHERE (site IS NULL OR site = my_site()) AND last_day >= p_from),
        (SELECT string_agg(id || name, ',' ORDER BY id) FROM site)))
$$;
