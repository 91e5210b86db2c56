"""Training of the tagger, lemmatiser and parser: treebanks, mending, tagging, fitting, scores, model card."""
