"""The screens of the directory. They only show: each is opened by GET, and no browser keeps it,
since desks are shared."""
