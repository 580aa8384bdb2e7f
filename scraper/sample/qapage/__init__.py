"""The sample qapage: schema.org data in JSON-LD, in microdata, and in both at odds."""
