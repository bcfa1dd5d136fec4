"""Trains on a cluster."""
