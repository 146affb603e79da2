"""Cases: what leads to one, who decides it, and what a decision does."""
