"""Archive in, files and pages out; nothing here writes into the archive.

Formats, each a file with `write`: atom, csv, jsonl, openmetrics, stubs, wacz (its container:
wacz_file). All read by records, and are put in their place by publish. The web site is datasette/.
"""
