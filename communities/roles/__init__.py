"""What members are trusted with: their role, and the topics in which they are experts."""
