"""Speed and truth of the network analysis, run by hand."""
