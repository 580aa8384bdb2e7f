"""Telling someone how a crawl went: what happened is an Event, each channel takes events."""
