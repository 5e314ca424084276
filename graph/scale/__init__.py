"""The same work done source by source, by one process or by many: who does it never changes a byte."""
