"""The archive as a web site: Datasette with our titles, search, pages and safeguards.

site: the application; copies: the databases that it serves; snippet: excerpts around what was
searched for; spoken: the language of words; plugins/: the hooks.
"""
