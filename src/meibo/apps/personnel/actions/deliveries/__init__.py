"""取込 through the screens: files in, looked at, settled, loaded, told of."""
