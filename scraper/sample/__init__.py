"""The bundled sample sites: invented content on pages that behave as real ones do."""
