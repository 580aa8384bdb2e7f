"""Notifications of how a crawl went: an Event is sent to each configured channel."""
