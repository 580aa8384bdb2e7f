"""The checks of `qarchive verify`, one concern a file."""
