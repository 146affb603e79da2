"""Policies move into the room of their audience; until now all stood in the one for employees who write."""

from django.db import migrations

MOVE = """
SELECT set_config('kesher.past_locks', 'on', true);

INSERT INTO intranet_space
    (slug, kind, name, name_he, purpose, language, visibility, joining, posting, colour, created)
SELECT room.slug, 'policies', 'Policies', 'מדיניות', '', 'en', room.visibility, 'invite', 'managers', 1, now()
FROM (VALUES
    ('community', 'policies-communities', 'open'),
    ('managers', 'policies-managers', 'secret'),
    ('guests', 'policies-guests', 'secret'),
    ('everyone', 'policies-everyone', 'open')
) AS room (audience, slug, visibility)
WHERE EXISTS (SELECT FROM intranet_policypage WHERE audience = room.audience)
ON CONFLICT (slug) DO NOTHING;

UPDATE intranet_post AS post
SET space_id = space.id
FROM intranet_policypage AS page
JOIN (VALUES
    ('community', 'policies-communities'),
    ('managers', 'policies-managers'),
    ('guests', 'policies-guests'),
    ('everyone', 'policies-everyone')
) AS room (audience, slug) ON room.audience = page.audience
JOIN intranet_space AS space ON space.slug = room.slug
WHERE post.id = page.post_id;

UPDATE intranet_policyversion SET asks_since = number;
"""


class Migration(migrations.Migration):
    dependencies = [("intranet", "0011_policies")]

    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop)]
