"""Makes the database anew from WARCs, and puts it in the place of the old one.

arranging: the WARCs, each visit once; replay: their runs and visits as rows, with originals (what a
revisit repeats); lost_warcs refuses what would lose captures; staging puts it all in place.
"""
