"""What the pages of plans read: by the preview, never by cards, so that nothing is told of it in
anybody's log."""
