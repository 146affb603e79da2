"""The wall around the audit trail: stamped and ordered by the database, never changed, owned by another role; and rights,
which leave an entry whichever way they were changed."""

from django.db import migrations

STAMP = """
CREATE FUNCTION kesher_audit_entry_stamp() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT AS $$
BEGIN
    -- The shared side of the lock that sealing takes alone: under it ids grow in the order of the batches.
    PERFORM pg_advisory_xact_lock_shared(7303, 1);
    NEW.id := nextval(pg_get_serial_sequence('intranet_auditentry', 'id'));
    NEW.written := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_stamp BEFORE INSERT ON intranet_auditentry
    FOR EACH ROW EXECUTE FUNCTION kesher_audit_entry_stamp();
"""

APPEND_ONLY = """
CREATE FUNCTION kesher_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only';
END $$;
CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE ON intranet_auditentry
    FOR EACH ROW EXECUTE FUNCTION kesher_audit_is_append_only();
CREATE TRIGGER audit_entry_is_not_emptied BEFORE TRUNCATE ON intranet_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION kesher_audit_is_append_only();
CREATE TRIGGER audit_batch_is_append_only BEFORE UPDATE OR DELETE ON intranet_auditbatch
    FOR EACH ROW EXECUTE FUNCTION kesher_audit_is_append_only();
CREATE TRIGGER audit_batch_is_not_emptied BEFORE TRUNCATE ON intranet_auditbatch
    FOR EACH STATEMENT EXECUTE FUNCTION kesher_audit_is_append_only();
"""

RIGHTS = """
CREATE FUNCTION kesher_audit_rights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO intranet_auditentry (at, deed, actor, about, facts, written) VALUES (
        now(), 'rights_changed', NULLIF(current_setting('kesher.actor', true), '')::bigint, NEW.id,
        jsonb_build_object(
            'before', CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE jsonb_build_object(
                'roles', to_jsonb(OLD.roles), 'active', OLD.is_active, 'staff', OLD.is_staff,
                'superuser', OLD.is_superuser) END,
            'after', jsonb_build_object(
                'roles', to_jsonb(NEW.roles), 'active', NEW.is_active, 'staff', NEW.is_staff,
                'superuser', NEW.is_superuser)),
        now());
    RETURN NULL;
END $$;
CREATE TRIGGER person_rights_are_audited AFTER UPDATE OF roles, is_active, is_staff, is_superuser ON intranet_user
    FOR EACH ROW WHEN ((OLD.roles, OLD.is_active, OLD.is_staff, OLD.is_superuser)
                       IS DISTINCT FROM (NEW.roles, NEW.is_active, NEW.is_staff, NEW.is_superuser))
    EXECUTE FUNCTION kesher_audit_rights();
CREATE TRIGGER person_with_rights_is_audited AFTER INSERT ON intranet_user
    FOR EACH ROW WHEN (NEW.is_staff OR NEW.is_superuser
                       OR NEW.roles::text[] && ARRAY['admin', 'moderator', 'km', 'policy_owner'])
    EXECUTE FUNCTION kesher_audit_rights();

CREATE FUNCTION kesher_audit_space_role() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was text := CASE WHEN TG_OP = 'INSERT' THEN '' ELSE OLD.role END;
    is_now text := CASE WHEN TG_OP = 'DELETE' THEN '' ELSE NEW.role END;
    who bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.person_id ELSE NEW.person_id END;
    place bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.space_id ELSE NEW.space_id END;
BEGIN
    IF was IS DISTINCT FROM is_now
       AND (was IN ('owner', 'manager', 'moderator') OR is_now IN ('owner', 'manager', 'moderator')) THEN
        INSERT INTO intranet_auditentry (at, deed, actor, about, space, facts, written) VALUES (
            now(), 'space_role_changed', NULLIF(current_setting('kesher.actor', true), '')::bigint, who, place,
            jsonb_build_object('before', was, 'after', is_now), now());
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER space_roles_are_audited AFTER INSERT OR UPDATE OF role OR DELETE ON intranet_membership
    FOR EACH ROW EXECUTE FUNCTION kesher_audit_space_role();
"""

WALL = """
CREATE FUNCTION kesher_wall_audit() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    site text := current_user;
    is_super boolean := (SELECT rolsuper FROM pg_roles WHERE rolname = current_user);
    thing text;
BEGIN
    IF (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'intranet_auditentry'::regclass) = 'kesher_audit'
       AND NOT is_super THEN
        RETURN true;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kesher_audit') THEN
        CREATE ROLE kesher_audit NOLOGIN;
    END IF;
    IF NOT is_super AND NOT pg_has_role(site, 'kesher_audit', 'SET') THEN
        EXECUTE format('GRANT kesher_audit TO %I', site);
    END IF;
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO kesher_audit', current_schema());
    FOREACH thing IN ARRAY ARRAY['intranet_auditentry', 'intranet_auditbatch'] LOOP
        EXECUTE format('ALTER TABLE %I OWNER TO kesher_audit', thing);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, %I', thing, site);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', thing, site);
    END LOOP;
    EXECUTE format('GRANT SELECT ON SEQUENCE %s TO %I', pg_get_serial_sequence('intranet_auditentry', 'id'), site);
    ALTER FUNCTION kesher_audit_entry_stamp() OWNER TO kesher_audit;
    ALTER FUNCTION kesher_audit_is_append_only() OWNER TO kesher_audit;
    EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM kesher_audit', current_schema());
    IF NOT is_super THEN
        EXECUTE format('REVOKE kesher_audit FROM %I', site);
    END IF;
    RETURN true;
EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
    RETURN false;
END $$;
SELECT kesher_wall_audit();
"""

UNDO = """
DROP FUNCTION kesher_wall_audit();
DROP TRIGGER space_roles_are_audited ON intranet_membership;
DROP FUNCTION kesher_audit_space_role();
DROP TRIGGER person_with_rights_is_audited ON intranet_user;
DROP TRIGGER person_rights_are_audited ON intranet_user;
DROP FUNCTION kesher_audit_rights();
DROP TRIGGER audit_batch_is_not_emptied ON intranet_auditbatch;
DROP TRIGGER audit_batch_is_append_only ON intranet_auditbatch;
DROP TRIGGER audit_entry_is_not_emptied ON intranet_auditentry;
DROP TRIGGER audit_entry_is_append_only ON intranet_auditentry;
DROP FUNCTION kesher_audit_is_append_only();
DROP TRIGGER audit_entry_stamp ON intranet_auditentry;
DROP FUNCTION kesher_audit_entry_stamp();
"""


class Migration(migrations.Migration):
    dependencies = [("intranet", "0015_audit")]
    operations = [migrations.RunSQL(STAMP + APPEND_ONLY + RIGHTS + WALL, UNDO)]
