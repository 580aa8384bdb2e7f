"""One file per channel. Each has `from_environment(environment) -> Channel | None`.

None means that its variables are not set; a ChannelError that they make no sense. ping is for
watchdogs; webhook, smtp and (without a server) sendmail are for people.
"""
