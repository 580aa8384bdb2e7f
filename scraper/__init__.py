"""The web side: network and HTML in, typed values out."""
