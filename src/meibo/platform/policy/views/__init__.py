"""The pages on which 公開基準 is drafted, previewed, approved and looked back at."""
