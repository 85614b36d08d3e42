"""選んだ人たち: found sets and the work with them."""
