"""Blanking what a page quotes of a forgotten one: the steps of `redact.py`.

redact calls them all: quick (whether to look at all), source, markup, tree (the page), matching
with units, values, urls and escapes (what is a quotation), then links, listed, texts, scripts with
blanking (what goes), sparing (what stays), and checking at last. documents and robots: what is no
HTML; headers: of either.
"""
