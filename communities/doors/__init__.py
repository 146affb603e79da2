"""Links, lists and rules by which people come into a community: their pages."""
