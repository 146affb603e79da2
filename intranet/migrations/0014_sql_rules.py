"""A version of the rules is never changed or taken away: judgements refer to it."""

from django.db import migrations

KEEP = """
CREATE FUNCTION kesher_rules_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'versions of the rules are append-only';
END $$;
CREATE TRIGGER rules_are_append_only BEFORE UPDATE OR DELETE ON intranet_rulesetversion
    FOR EACH ROW EXECUTE FUNCTION kesher_rules_are_append_only();
"""

DROP = """
DROP TRIGGER rules_are_append_only ON intranet_rulesetversion;
DROP FUNCTION kesher_rules_are_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("intranet", "0013_rules")]

    operations = [migrations.RunSQL(KEEP, DROP)]
