"""One file per site: where to start, which links are what, how a page is read."""
