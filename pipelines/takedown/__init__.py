"""What forgetting a question means, and everything that has to go with it."""
