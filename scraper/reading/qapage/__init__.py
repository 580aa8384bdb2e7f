"""Question pages that say what they are in schema.org data.

Data as they stand: json_scripts and schema_org (JSON-LD), microdata with item_nodes, owners and
boxes; schema_text and item_values say what an item tells. Which is the page's question: data, by
main_question, teasers and signs; union and answers make one of several. Beside the data: shown.
URLs: urls (canonical ones, and ids), path_numbers (the number in one), views (of one page), own_url
(what a page names). Where fields stand: evidence, sources.
"""
