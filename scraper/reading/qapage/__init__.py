"""Question pages that say what they are in schema.org data."""
