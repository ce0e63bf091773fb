"""Detectors: what only code can see. Each module's `find` takes a document, the knowledge and the scan's hits."""
