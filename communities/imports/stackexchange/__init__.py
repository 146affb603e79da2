"""Stack Exchange dumps, read and converted. Pure: nothing here knows Django or this site's tables."""
