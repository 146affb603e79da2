"""Page and post: a Wagtail page is the writing room of a document, its post is its social face."""
