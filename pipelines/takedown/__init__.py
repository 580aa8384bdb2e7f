"""Finds and removes everything that belongs to a forgotten question."""
