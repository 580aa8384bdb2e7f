"""The crawl as a job of a scheduler: one file per kind of scheduler.

cron, github_actions, systemd make files of a job, whose time is read by at; shell: its command.
"""
