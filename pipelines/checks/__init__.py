"""What `verify` checks, one concern a file. Each check only reads and yields findings."""
