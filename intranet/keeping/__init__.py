"""What is kept of people: for how long, how they get a copy, how they are erased; and the pages of the audit trail."""
