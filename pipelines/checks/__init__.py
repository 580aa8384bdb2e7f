"""The checks of `qarchive verify`, one concern a file.

Of the database alone: database, counts, records, fulltext. With the WARCs beside it: versions,
runs, captures, warcs (their bytes), uncommitted (bytes behind these), forgotten (what was taken
down). Each yields what finding says.
"""
