"""A community becomes part of another one: its threads, people, experts, pins and follows go along."""
