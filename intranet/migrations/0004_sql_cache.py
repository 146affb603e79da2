"""The table of the shared cache. Unlogged: what a crash forgets is computed again, and writing costs half."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("intranet", "0003_sql_log_and_live")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX cache_expires ON cache (expires);
            """,
            "DROP TABLE cache",
        )
    ]
