"""What stands on top of a community for a while."""
