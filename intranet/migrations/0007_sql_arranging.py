"""A trigger: open pages stop hearing of a thread that changes its place, whichever way the row was changed."""

from django.db import migrations

MOVED = """
CREATE FUNCTION kesher_thread_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('kesher_live', json_build_object('kind', 'moved', 'thread', OLD.public_id)::text);
    RETURN NULL;
END $$;
CREATE TRIGGER thread_moves AFTER UPDATE OF space_id, root_id ON intranet_post
    FOR EACH ROW WHEN (OLD.root_id IS NULL
                       AND (NEW.root_id IS NOT NULL OR OLD.space_id IS DISTINCT FROM NEW.space_id))
    EXECUTE FUNCTION kesher_thread_moves();
"""

DROP_MOVED = """
DROP TRIGGER thread_moves ON intranet_post;
DROP FUNCTION kesher_thread_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("intranet", "0006_arranging")]
    operations = [migrations.RunSQL(MOVED, DROP_MOVED)]
