"""Reads stored captures with today's readers, and compares the results with the records."""
