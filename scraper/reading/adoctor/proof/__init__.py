"""Where on its page each field of an article stands."""
