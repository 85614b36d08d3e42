"""What is read for 訂正: the orders of somebody, and everything that a correction would bring."""
