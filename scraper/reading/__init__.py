"""What the sites' readers share: visible lines, labels, dates, charset."""
