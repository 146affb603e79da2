"""Appeals, and whether moderators decide alike."""
