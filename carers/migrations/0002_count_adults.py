"""The trigger that keeps three adults at most, or the home's own limit, on every day (docs/adr: capacity).

A BEFORE ROW trigger locks the old and the new home in order of id; stays, limits and closures take the same lock.
The AFTER ROW trigger counts: for each day newly covered by this version of a held or booked stay, and not already
covered by another held or booked claim of the same human being there, the distinct human beings who claim that day.
Days are not walked one by one: between two events the count of a weekday is constant, so the first such weekday on
or after each event is enough.
"""

from django.db import migrations

LOCK = """
CREATE FUNCTION carers_lock_homes() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    homes uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN homes := ARRAY[NEW.household_id];
    ELSIF TG_OP = 'DELETE' THEN homes := ARRAY[OLD.household_id];
    ELSE homes := ARRAY[OLD.household_id, NEW.household_id];
    END IF;
    IF TG_TABLE_NAME = 'carers_stay' THEN
        -- linked records are one human being: their claims wait for each other
        PERFORM 1 FROM people_identity i
         WHERE i.id = (SELECT p.identity_id FROM people_person p WHERE p.id = NEW.person_id)
           FOR NO KEY UPDATE;
    END IF;
    PERFORM 1 FROM carers_household h WHERE h.id = ANY (homes) ORDER BY h.id FOR NO KEY UPDATE;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER carers_stay_locks_homes BEFORE INSERT OR UPDATE ON carers_stay
    FOR EACH ROW EXECUTE FUNCTION carers_lock_homes();
CREATE TRIGGER carers_limit_locks_homes BEFORE INSERT OR UPDATE OR DELETE ON carers_placelimit
    FOR EACH ROW EXECUTE FUNCTION carers_lock_homes();
CREATE TRIGGER carers_closure_locks_homes BEFORE INSERT OR UPDATE OR DELETE ON carers_closure
    FOR EACH ROW EXECUTE FUNCTION carers_lock_homes();
"""

UNLOCK = """
DROP TRIGGER carers_stay_locks_homes ON carers_stay;
DROP TRIGGER carers_limit_locks_homes ON carers_placelimit;
DROP TRIGGER carers_closure_locks_homes ON carers_closure;
DROP FUNCTION carers_lock_homes();
"""

CLAIMS = """
-- Who claims a home when: one row a stay that counts, with the human being behind the record. Death ends a claim.
CREATE FUNCTION carers_claims_on(home uuid, span daterange)
RETURNS TABLE (id uuid, person uuid, human uuid, binding boolean, weekdays integer, period daterange)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.id, s.person_id, coalesce(p.identity_id, p.id), s.state <> 'found', s.weekdays::integer,
           s.period * daterange(NULL, p.date_of_death, '[]')
      FROM carers_stay s JOIN people_person p ON p.id = s.person_id
     WHERE s.household_id = home AND s.state IN ('held', 'booked', 'found')
       AND s.period * daterange(NULL, p.date_of_death, '[]') && span
$$;

-- The bit of a day in a weekday mask: Monday 1 … Sunday 64.
CREATE FUNCTION carers_weekday_bit(day date) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT 1 << (extract(isodow FROM day)::integer - 1) $$;

-- For each weekday of a mask, the first such day on or after a date.
CREATE FUNCTION carers_first_weekdays(mask integer, since date) RETURNS SETOF date
LANGUAGE sql IMMUTABLE AS $$
    SELECT since + n FROM generate_series(0, 6) n WHERE mask & (1 << (extract(isodow FROM since + n)::integer - 1)) <> 0
$$;
"""

NO_CLAIMS = """
DROP FUNCTION carers_claims_on(uuid, daterange);
DROP FUNCTION carers_weekday_bit(date);
DROP FUNCTION carers_first_weekdays(integer, date);
"""

COUNT = """
CREATE FUNCTION carers_count_adults() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me uuid;
    linked boolean;
    died date;
    span daterange;                       -- what the new version claims
    was daterange := 'empty'::daterange;  -- what the old version claimed here, for the same record
    was_days integer := 0;
    full_on date;
    adults integer;
BEGIN
    IF NEW.state NOT IN ('held', 'booked') THEN RETURN NULL; END IF;
    SELECT coalesce(p.identity_id, p.id), p.identity_id IS NOT NULL, p.date_of_death
      INTO me, linked, died FROM people_person p WHERE p.id = NEW.person_id;
    span := NEW.period * daterange(NULL, died, '[]');
    IF TG_OP = 'UPDATE' AND OLD.state IN ('held', 'booked') AND OLD.household_id = NEW.household_id
       AND OLD.person_id = NEW.person_id THEN
        was := OLD.period * daterange(NULL, died, '[]');
        was_days := OLD.weekdays;
    END IF;
    IF isempty(span) OR (span <@ was AND NEW.weekdays::integer & ~was_days = 0) THEN RETURN NULL; END IF;

    IF linked AND carers_elsewhere(NEW.id, NEW.person_id, me, NEW.household_id, NEW.claim, NEW.weekdays, span, was, was_days)
    THEN
        RAISE EXCEPTION USING ERRCODE = '23P01', MESSAGE = 'Another record of this person claims another home',
            TABLE = 'carers_stay', CONSTRAINT = CASE NEW.claim WHEN 'home' THEN 'carers_one_home_at_a_time'
                WHEN 'night' THEN 'carers_one_night_at_a_time' ELSE 'carers_one_monday_at_a_time' END;
    END IF;

    -- Most writes end here: even if all who come and go were there at once, there would be room.
    IF (SELECT count(DISTINCT c.human) FROM carers_claims_on(NEW.household_id, span) c)
       <= (SELECT coalesce(min(l.places), 3) FROM carers_placelimit l
            WHERE l.household_id = NEW.household_id AND l.period && span)
        - (SELECT coalesce(sum(c.places), 0) FROM carers_closure c
            WHERE c.household_id = NEW.household_id AND c.period && span)
    THEN RETURN NULL; END IF;

    WITH claims AS MATERIALIZED (SELECT * FROM carers_claims_on(NEW.household_id, span)),
    events (day) AS (
        SELECT lower(span)
        UNION SELECT upper(was)
        UNION SELECT lower(period) FROM claims WHERE human <> me
        UNION SELECT upper(period) FROM claims WHERE human = me AND id <> NEW.id
        UNION SELECT lower(period) FROM carers_closure WHERE household_id = NEW.household_id AND period && span
        UNION SELECT lower(period) FROM carers_placelimit WHERE household_id = NEW.household_id AND period && span
        UNION SELECT upper(period) FROM carers_placelimit WHERE household_id = NEW.household_id AND period && span
    ),
    days AS (
        SELECT DISTINCT d.day FROM events e, carers_first_weekdays(NEW.weekdays, e.day) AS d (day)
         WHERE span @> e.day AND span @> d.day
           AND NOT (was @> d.day AND was_days & carers_weekday_bit(d.day) <> 0)
           AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.human = me AND c.id <> NEW.id AND c.binding
                              AND c.period @> d.day AND c.weekdays & carers_weekday_bit(d.day) <> 0)
    ),
    counted AS (
        SELECT d.day,
               (SELECT count(DISTINCT c.human) FROM claims c
                 WHERE c.period @> d.day AND c.weekdays & carers_weekday_bit(d.day) <> 0) AS adults,
               coalesce((SELECT l.places FROM carers_placelimit l
                          WHERE l.household_id = NEW.household_id AND l.period @> d.day), 3)
               - coalesce((SELECT sum(c.places) FROM carers_closure c
                            WHERE c.household_id = NEW.household_id AND c.period @> d.day), 0) AS places
          FROM days d
    )
    SELECT c.day, c.adults INTO full_on, adults FROM counted c
     WHERE c.adults > least(3, c.places) ORDER BY c.adults > 3 DESC, c.day LIMIT 1;
    IF full_on IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = '23514', MESSAGE = 'No place is free', TABLE = 'carers_stay',
            DETAIL = to_char(full_on, 'FMDD FMMonth YYYY'), CONSTRAINT = CASE WHEN adults > 3
                THEN 'carers_at_most_three_adults' ELSE 'carers_within_local_limit' END;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER carers_stay_counts_adults AFTER INSERT OR UPDATE ON carers_stay
    FOR EACH ROW EXECUTE FUNCTION carers_count_adults();
"""

NO_COUNT = """
DROP TRIGGER carers_stay_counts_adults ON carers_stay;
DROP FUNCTION carers_count_adults();
"""

ELSEWHERE = """
-- Does another record of the same human being claim another home, in the same way, on a newly covered day?
CREATE FUNCTION carers_elsewhere(stay uuid, record uuid, me uuid, home uuid, claim_as text, mask integer,
                                 span daterange, was daterange, was_days integer) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1
          FROM people_person p JOIN carers_stay s ON s.person_id = p.id
         CROSS JOIN LATERAL (SELECT s.period * span * daterange(NULL, p.date_of_death, '[]') AS both_claim) b
         CROSS JOIN LATERAL (VALUES (lower(b.both_claim)), (upper(was))) e (day)
         CROSS JOIN LATERAL carers_first_weekdays(mask & s.weekdays, e.day) AS d (day)
         WHERE p.identity_id = me AND s.person_id <> record AND s.id <> stay AND s.household_id <> home
           AND s.claim = claim_as AND s.state IN ('held', 'booked')
           AND b.both_claim @> d.day
           AND NOT (was @> d.day AND was_days & carers_weekday_bit(d.day) <> 0))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("carers", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.RunSQL(LOCK, UNLOCK),
        migrations.RunSQL(CLAIMS, NO_CLAIMS),
        migrations.RunSQL(
            ELSEWHERE,
            "DROP FUNCTION carers_elsewhere(uuid, uuid, uuid, uuid, text, integer, daterange, daterange, integer);",
        ),
        migrations.RunSQL(COUNT, NO_COUNT),
    ]
