"""Reads stored captures with today's readers, and compares the results with the records.

captures reads one. A reading is doubted by plausibility, replaced (another question's page), lists
(that lead nowhere), until earlier_doubts are enough. Of `reextract`: readers (processes), rereader
(one URL), record_updates (what changes), bookmark. old_records: of a repair; proof: where a
record's fields stand; lost_lists: what of a site's lists is lost.
"""
