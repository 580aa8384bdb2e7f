"""The bundled sample sites: what they hold is made up, how they behave is not."""
