"""The sample adoctor: one article in two languages and many markups.

site: what stands where; content: an article's words, view: ready for markup; layouts: the markups,
each a layout; labels, listing (lists) and shell (the frame of all pages).
"""
