"""What a decision can mean for a person: a warning, silence in one place, a pause everywhere."""
