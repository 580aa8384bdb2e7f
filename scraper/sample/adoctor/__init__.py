"""The sample adoctor: one article in two languages and many markups."""
