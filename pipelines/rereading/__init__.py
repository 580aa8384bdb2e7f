"""Stored captures under today's readers."""
