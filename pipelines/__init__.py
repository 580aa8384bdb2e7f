"""Values in, archive out: one step per file."""
