"""What keeps a crawl polite and safe: one small middleware per file."""
