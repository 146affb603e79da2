"""Disclosures as data: what readers should know about a post, who may speak for whom, what must be disclosed."""
