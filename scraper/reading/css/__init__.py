"""What style sheets hide, break or keep."""
