"""The crawl as a job of a scheduler: one file per kind of scheduler."""
