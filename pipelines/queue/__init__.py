"""The frontier's tables, and the rules by which URLs are chosen from them.

New URLs: disclosed, numbers (ranges), urls (the table), ways, url_shapes and traps (endless sites),
idle_parameters, guesses (pages that may be questions), redirects. What comes next: ready, order,
due, lastmods, days (the calendar), budget, hosts and alarm (waits). What a visit shows:
observations, problems, outage, missing_pages, unread.
"""
