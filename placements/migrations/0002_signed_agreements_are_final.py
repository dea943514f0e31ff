"""A signed agreement and its rows never change, but for the role `eraser`; what takes a place has a booking.

The two booking triggers wait for the end of the transaction, so that a loader may write placements first and their
bookings afterwards.
"""

from django.db import migrations

FINAL = """
CREATE FUNCTION placements_keep_agreement() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    machinery text[] := ARRAY['state', 'signed_on', 'version', 'easy_read_given'];
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF OLD.state = 'signed' THEN
        RAISE EXCEPTION 'A signed placement agreement is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'placements_signed_agreement_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    IF EXISTS (SELECT 1 FROM placements_agreementsignature WHERE agreement_id = OLD.id)
        AND (TG_OP = 'DELETE' OR to_jsonb(NEW) - machinery IS DISTINCT FROM to_jsonb(OLD) - machinery) THEN
        RAISE EXCEPTION 'Somebody has signed these words' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'placements_words_stay_under_a_signature', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION placements_keep_part_of_agreement() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    agreements uuid[] := ARRAY[]::uuid[];
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        agreements := agreements || OLD.agreement_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        agreements := agreements || NEW.agreement_id;
    END IF;
    -- FOR SHARE waits for a signing that is under way, and then sees it
    PERFORM 1 FROM placements_placementagreement WHERE id = ANY (agreements) AND state = 'signed' FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'A signed placement agreement is final' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'placements_signed_agreement_is_final', TABLE = TG_TABLE_NAME;
    END IF;
    IF TG_TABLE_NAME = 'placements_agreementrequirement'
        AND EXISTS (SELECT 1 FROM placements_agreementsignature WHERE agreement_id = ANY (agreements)) THEN
        RAISE EXCEPTION 'Somebody has signed these words' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'placements_words_stay_under_a_signature', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION placements_keep_supersession() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'eraser' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    RAISE EXCEPTION 'What was noted about a signed agreement stays' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'placements_signed_agreement_is_final', TABLE = TG_TABLE_NAME;
END $$;

CREATE TRIGGER placements_keep_agreement BEFORE UPDATE OR DELETE ON placements_placementagreement
    FOR EACH ROW EXECUTE FUNCTION placements_keep_agreement();
CREATE TRIGGER placements_keep_requirement BEFORE INSERT OR UPDATE OR DELETE ON placements_agreementrequirement
    FOR EACH ROW EXECUTE FUNCTION placements_keep_part_of_agreement();
CREATE TRIGGER placements_keep_signature BEFORE INSERT OR UPDATE OR DELETE ON placements_agreementsignature
    FOR EACH ROW EXECUTE FUNCTION placements_keep_part_of_agreement();
CREATE TRIGGER placements_keep_supersession BEFORE UPDATE OR DELETE ON placements_agreementsupersession
    FOR EACH ROW EXECUTE FUNCTION placements_keep_supersession();
"""

NOT_FINAL = """
DROP TRIGGER placements_keep_supersession ON placements_agreementsupersession;
DROP TRIGGER placements_keep_signature ON placements_agreementsignature;
DROP TRIGGER placements_keep_requirement ON placements_agreementrequirement;
DROP TRIGGER placements_keep_agreement ON placements_placementagreement;
DROP FUNCTION placements_keep_supersession();
DROP FUNCTION placements_keep_part_of_agreement();
DROP FUNCTION placements_keep_agreement();
"""

BOOKED = """
CREATE FUNCTION placements_booking_fits(placement uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    placed record;
    bookings integer;
    strangers integer;
BEGIN
    SELECT kind, person_id, household_id INTO placed FROM placements_placement WHERE id = placement;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT count(*), count(*) FILTER (WHERE stay.person_id <> placed.person_id)
        INTO bookings, strangers
        FROM placements_booking booking JOIN carers_stay stay ON stay.id = booking.stay_id
        WHERE booking.placement_id = placement;
    IF strangers > 0 THEN
        RAISE EXCEPTION 'A booking joins a placement to a stay of the same person'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'placements_booking_is_of_the_same_person',
                  TABLE = 'placements_booking';
    END IF;
    IF (placed.kind IN ('kinship', 'floating')) <> (bookings = 0) THEN
        RAISE EXCEPTION 'A placement takes a place exactly where its kind has one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'placements_booking_where_the_kind_has_one',
                  TABLE = 'placements_booking';
    END IF;
END $$;

CREATE FUNCTION placements_placement_booked() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM placements_booking_fits(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION placements_booking_joined() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM placements_booking_fits(OLD.placement_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM placements_booking_fits(NEW.placement_id);
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER placements_placement_booked
    AFTER INSERT OR UPDATE OF kind, person_id ON placements_placement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION placements_placement_booked();
CREATE CONSTRAINT TRIGGER placements_booking_joined
    AFTER INSERT OR UPDATE OR DELETE ON placements_booking
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION placements_booking_joined();
"""

NOT_BOOKED = """
DROP TRIGGER placements_booking_joined ON placements_booking;
DROP TRIGGER placements_placement_booked ON placements_placement;
DROP FUNCTION placements_booking_joined();
DROP FUNCTION placements_placement_booked();
DROP FUNCTION placements_booking_fits(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_initial"), ("carers", "0001_initial")]

    operations = [
        migrations.RunSQL(FINAL, NOT_FINAL),
        migrations.RunSQL(BOOKED, NOT_BOOKED),
    ]
