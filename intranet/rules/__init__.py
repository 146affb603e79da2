"""Rules that judge what is written: words, patterns, personal data, links, newcomers, volume, disclosures, age."""
