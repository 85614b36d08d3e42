"""What the screens of the directory read. Everything comes from cards: what is not on a card is
in no list, count, sort order, choice or export either."""
