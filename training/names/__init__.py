"""Training of the names model: corpora, lists, clusters, swapping, conditional random field, evaluation, model card."""
