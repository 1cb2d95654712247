"""Runs a notebook or a script on a node, and says how it ended whatever happens."""
