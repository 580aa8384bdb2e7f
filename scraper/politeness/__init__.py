"""What keeps a crawl polite and safe: one small middleware per file.

Requests: scope and addresses, resolver (where to), forgotten (taken down), robots with
robots_rules and robots_fetch, pace. Answers: handler and tls_faults (the network), body and
encoding. retry: when a failed request is sent again; errors: why one was refused.
"""
