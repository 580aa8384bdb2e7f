"""What a record said when, what changed, and why."""
