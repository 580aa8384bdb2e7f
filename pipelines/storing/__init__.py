"""Writes visits, questions and their versions as rows."""
