"""The set of policies that the product brings along, in both languages."""
