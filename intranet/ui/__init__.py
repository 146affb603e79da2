"""What every page is made of: the frame, template tags, form rendering, paging, languages and the gallery."""
