"""Forms that make something are answered once, however often they are sent."""
