"""What `qarchive verify` holds against each other, one concern a file."""
