"""Full texts: what they say, page by page or section by section, and whether they say what is quoted from them."""
