"""Production: an issue is read, checked and typeset, and each edition built from it, preflighted and written.

`building.build` is the way in. `prepared_issue` reads, checks (`checked_issue`) and typesets an issue;
`edition_building.build_edition` is the way from there to one PDF with its companion files, step by step;
`derived_editions` builds booklet and mail edition from the screen edition.
"""
