"""What the operating system is asked for: signals, locks, scratch folders, an exchange of two folders."""
