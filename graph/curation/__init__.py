"""What writes the tables: each change of them is a step that can be taken back."""
