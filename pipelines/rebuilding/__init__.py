"""Puts a rebuilt archive in the place of the old one."""
