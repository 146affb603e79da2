"""Documents: a Wagtail page is the writing room, a post is its social face. `pages` says how the two stay one."""
