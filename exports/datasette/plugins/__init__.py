"""Datasette loads every file here; each holds the hooks of one concern."""
