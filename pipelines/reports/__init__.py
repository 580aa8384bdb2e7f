"""What a run did, told: its row, its coverage, progress, logs, and what to do about problems."""
