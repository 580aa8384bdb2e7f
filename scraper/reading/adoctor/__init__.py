"""A labelled question page, read from its visible lines; in the order of the way a page goes.

Hidden parts that a control opens: opened, with folded_parts and tabs. Which lines may be content:
cleaning/. What a line may be (a label, an asker, a doctor, a day): marks, by words/ and people/;
line_kinds tells what all ask of a line. Which marks are the page's own, and where sections end:
people/own_asker, sections, section_ends. Above the question: titles with title_texts, share_labels,
headlines. Below it: replies, essays, lists/. All together: reading, with doubts (what may be
amiss); record makes the record, mentions its citations. Which URL is which page: urls. Where each
field stands on its page: proof/.
"""
