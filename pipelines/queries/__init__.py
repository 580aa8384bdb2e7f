"""Questions that commands and exports ask of the archive."""
