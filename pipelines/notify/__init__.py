"""Notifications of how a crawl went: an Event is sent to each configured channel.

event: what is told; crawl_events and summary make them; dispatch sends them to channels/, which
share http and mail.
"""
