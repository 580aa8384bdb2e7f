"""The versions of records: what changed, when, and why."""
