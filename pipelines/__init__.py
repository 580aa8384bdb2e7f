"""Values in, archive out: one step per file.

A crawl: frontier says what to fetch next and robots keeps robots.txt; capture, validate and store
are the steps of a visit, revisit says when to come again. Commands: forget, merge, plan, rebuild
(of `verify --repair`), reextract, status, verify. All of them: archive (opened for writing, with
its lock), database (opened at all), schema, statements, layout (the folder), disk, errors,
progress, digest (of a question), chance (of a share). What they are made of is in the folders, of
which no two need each other.
"""
