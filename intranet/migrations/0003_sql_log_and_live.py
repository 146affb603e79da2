"""Triggers: the log refuses to be changed, and taken-away rights are announced whichever way the row was changed."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION kesher_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only';
END $$;
CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE ON intranet_event
    FOR EACH ROW EXECUTE FUNCTION kesher_event_is_append_only();
"""

EVICT = """
CREATE FUNCTION kesher_evict_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('kesher_live', json_build_object(
        'kind', 'evict', 'person', OLD.person_id, 'space', OLD.space_id)::text);
    RETURN NULL;
END $$;
CREATE TRIGGER membership_evicts AFTER DELETE OR UPDATE OF person_id, space_id ON intranet_membership
    FOR EACH ROW EXECUTE FUNCTION kesher_evict_member();

CREATE FUNCTION kesher_evict_space() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('kesher_live', json_build_object('kind', 'evict', 'person', NULL, 'space', OLD.id)::text);
    RETURN NULL;
END $$;
CREATE TRIGGER space_evicts AFTER UPDATE OF visibility ON intranet_space
    FOR EACH ROW WHEN (OLD.visibility IS DISTINCT FROM NEW.visibility) EXECUTE FUNCTION kesher_evict_space();

CREATE FUNCTION kesher_evict_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('kesher_live', json_build_object('kind', 'evict', 'person', OLD.id, 'space', NULL)::text);
    RETURN NULL;
END $$;
CREATE TRIGGER person_evicts AFTER UPDATE OF is_active, roles ON intranet_user
    FOR EACH ROW WHEN (OLD.is_active IS DISTINCT FROM NEW.is_active OR OLD.roles IS DISTINCT FROM NEW.roles)
    EXECUTE FUNCTION kesher_evict_person();
"""

DROP_APPEND_ONLY = """
DROP TRIGGER event_is_append_only ON intranet_event;
DROP FUNCTION kesher_event_is_append_only();
"""

DROP_EVICT = """
DROP TRIGGER membership_evicts ON intranet_membership;
DROP FUNCTION kesher_evict_member();
DROP TRIGGER space_evicts ON intranet_space;
DROP FUNCTION kesher_evict_space();
DROP TRIGGER person_evicts ON intranet_user;
DROP FUNCTION kesher_evict_person();
"""


class Migration(migrations.Migration):
    dependencies = [("intranet", "0002_rooms")]
    operations = [
        migrations.RunSQL(APPEND_ONLY, DROP_APPEND_ONLY),
        migrations.RunSQL(EVICT, DROP_EVICT),
    ]
