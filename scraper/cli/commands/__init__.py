"""The commands of `qarchive`: each file defines `command`, which is called as the file is."""
