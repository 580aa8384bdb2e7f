"""Askers and doctors, as pages name them."""
