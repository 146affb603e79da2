"""The review of a charter: renew, merge or archive."""
