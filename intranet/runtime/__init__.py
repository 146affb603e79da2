"""What the site runs on: database server, background tasks, health, logs, safety. It knows no product words."""
