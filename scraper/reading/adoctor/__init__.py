"""A labelled question page, read from its visible lines."""
