"""Batches: jobs run side by side, by processes of this machine or a cluster."""
