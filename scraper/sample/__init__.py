"""The bundled sample sites: pages made when asked for, served on loopback."""
