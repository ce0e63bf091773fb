"""Review in the terminal: the session (what is decided), how a change is shown, and the two ways to ask about it."""
