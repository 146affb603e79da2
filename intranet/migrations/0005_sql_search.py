"""Trigrams: titles that are nearly what was typed are found by an index."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("intranet", "0004_sql_cache")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX search_title_trigrams ON intranet_searchentry USING gin (title gin_trgm_ops)",
            "DROP INDEX search_title_trigrams",
        ),
    ]
