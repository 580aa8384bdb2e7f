"""The lines of a page that may be content."""
