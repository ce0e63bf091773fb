"""cleaner: finds and repairs what machine translation and scraping leave behind in English text."""

__version__ = "0.1.0"
