"""What people type, made safe, readable in two directions and findable. Pure: no Django, no database, no clock.

`render`     Markdown to safe HTML, plain text, mentions and language, parsed once
`plain`      plain text and excerpts
`lines`      one-line texts (titles, names), niqqud, look-alike skeletons
`direction`  language and direction of a text
`tokens`     words of a text and of a query for search, in Hebrew and English
`errors`     what these functions raise
"""
