"""From elements to the lines a reader sees."""
