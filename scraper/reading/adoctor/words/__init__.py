"""The words that pages are read by: labels, and what is nobody's text."""
