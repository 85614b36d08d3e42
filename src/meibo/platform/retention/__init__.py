"""What is kept long enough: listed, proposed, approved by two others, waited for, removed."""
