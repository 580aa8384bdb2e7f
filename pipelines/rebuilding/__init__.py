"""A rebuilt archive put in the place of the old one."""
