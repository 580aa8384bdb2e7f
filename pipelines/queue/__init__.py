"""The frontier's tables, and the rules by which URLs are chosen from them."""
