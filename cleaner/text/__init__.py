"""Text: reading files into documents, and scripts of edits. Knows nothing of rules."""
