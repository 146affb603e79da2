"""Replies by mail: a signed address, one message in, a post or a sentence out."""
