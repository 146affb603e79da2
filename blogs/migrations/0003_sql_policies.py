"""Disclosures of drafts stand on a line each, since each may have details with commas in them."""

from django.db import migrations

LINES = """
UPDATE blogs_blogpostpage SET disclosure_kinds = replace(disclosure_kinds, ',', E'\\n');

UPDATE wagtailcore_revision
SET content = jsonb_set(
    content, '{disclosure_kinds}', to_jsonb(replace(content ->> 'disclosure_kinds', ',', E'\\n'))
)
WHERE content ->> 'disclosure_kinds' <> '';
"""


class Migration(migrations.Migration):
    dependencies = [("blogs", "0002_policies")]

    operations = [migrations.RunSQL(LINES, migrations.RunSQL.noop)]
