"""The web side: network and HTML in, typed values out.

Start with spider: each response or failure becomes one Visit (items), by the Site (site) whose
reader it is; visits judges its status, captures keeps its bytes, redirects and conditions (304) are
told apart. record: the published JSON. tombstones, tombstone_keys, forgetting: what was taken down.
loading: the sites by name; origins: their addresses. Scrapy: settings, component, signals, sparing,
memory. Small things: clock, errors, exit_status, files, wording. Folders: reading (HTML), sites
(one file each), politeness (middlewares), sample (invented sites), cli (the commands).
"""
