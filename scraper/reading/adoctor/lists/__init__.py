"""The lists of a page: similar questions and FAQ tags."""
