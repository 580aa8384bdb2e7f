"""Archive in, files and pages out; nothing here writes into the archive."""
