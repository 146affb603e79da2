"""What a post said before: its versions, what changed between two of them, and back to an older one."""
