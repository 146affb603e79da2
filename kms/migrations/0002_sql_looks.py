"""A trigger: what is known of who looked at a network report can be added to, never changed."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION kesher_look_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'looks at network reports are append-only';
END $$;
CREATE TRIGGER look_is_append_only BEFORE UPDATE OR DELETE ON kms_snapshotview
    FOR EACH ROW EXECUTE FUNCTION kesher_look_is_append_only();
"""
UNDO = """
DROP TRIGGER look_is_append_only ON kms_snapshotview;
DROP FUNCTION kesher_look_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("kms", "0001_initial")]
    operations = [migrations.RunSQL(APPEND_ONLY, UNDO)]
