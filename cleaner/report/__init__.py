"""Reports: results as text for people and programs; one module a form."""
