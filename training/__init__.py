"""Scripts that train the models in `streamproc/languages/`; no part of the installed package."""
