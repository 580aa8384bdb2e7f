"""How a command ends that Ctrl-C ended."""

INTERRUPTED = 130  # as a shell says of such a program
