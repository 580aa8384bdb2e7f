"""Estimates of how many pages the archive has not seen.

sightings counts the pages that were seen in each way; loglinear and unseen estimate from such
counts how many were seen in none; completeness is what is told, with bounds.
"""
