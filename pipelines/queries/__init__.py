"""Queries shared by commands and exports."""
