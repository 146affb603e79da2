"""Articles of knowledge: pages with an owner and a date on which somebody looks whether they are still true."""
