"""How much there is that the archive has not seen."""
