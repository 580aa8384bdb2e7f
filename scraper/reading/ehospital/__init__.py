"""The pages of taiwan-ehospital, by strict selectors.

markup reads both markups, people the lines on asker and doctor; strays: tags that somebody typed;
repeats and mentions: other questions on a page; urls: canonical ones; evidence: where fields stand.
"""
