"""What lies in an archive's folder, beside the files of `scraper.tombstones`."""

DATABASE = "archive.db"
LOCK = "lock"
WARCS = "warc"
EXPORTS = "exports"
BOOKMARK = "reextract.json"  # how far a killed `qarchive reextract` came
