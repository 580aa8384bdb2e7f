"""The sample qapage: schema.org data in JSON-LD, in microdata, and in both at odds.

site: what stands where; content: a question's words; structured: its data; pages: documents.
"""
