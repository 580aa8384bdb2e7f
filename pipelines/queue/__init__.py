"""Which URL is fetched when: the frontier's tables and what decides over them."""
