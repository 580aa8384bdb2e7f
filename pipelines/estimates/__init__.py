"""Estimates of how many pages the archive has not seen."""
