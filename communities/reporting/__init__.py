"""The health of a community, with the list behind each number."""
