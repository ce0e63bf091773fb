"""Packs: rules and facts as data. Loading, the one anchor scan, and matching."""
