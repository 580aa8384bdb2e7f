"""The sample taiwan-ehospital: Big5 pages behind query strings in three spellings.

site: what stands where; content: a question's words; pages: all markup; spelling: Big5 as it comes.
"""
