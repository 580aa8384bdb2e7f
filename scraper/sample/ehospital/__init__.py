"""The sample taiwan-ehospital: Big5 pages behind query strings in three spellings."""
