"""What was done with power over others, kept so that any change of it is found; and legal holds."""
