"""LanguageTool, for `--grammar`: getting it, running it, asking it, and what its matches are worth in a document."""
