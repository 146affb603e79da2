"""Where clauses are cited, and what becomes of it when they change."""
