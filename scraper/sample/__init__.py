"""The bundled sample sites: invented content on pages that behave as real ones do.

sites: by name; server and web: HTTP. What they say: catalogue (the questions), article (one of
them), with chance and dealing, history (edits), people, topics/; asking, replying, essays are the
sentences and speaking fills them. lists and sitemaps lead to it. adoctor/, ehospital/, qapage/ are
the pages.
"""
