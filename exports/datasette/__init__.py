"""The archive as a web site: Datasette with our titles, search, pages and safeguards."""
