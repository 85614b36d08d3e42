"""Platform: what every app shares and none owns – accounts, the door, feeds, layout, jobs."""
