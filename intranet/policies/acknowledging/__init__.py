"""Reading and acknowledging: who is asked, who has, what depends on it."""
