"""From what was read to rows."""
