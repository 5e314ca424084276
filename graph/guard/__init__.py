"""Queries answered within bounds: of time, memory, rows and depth, without network or disk, whatever their text.

No SPARQL engine at hand can be interrupted, so each query runs in a worker process that can be killed. A *fork
server* loads the dataset once and forks the workers, which share its memory; a killed one is replaced in milliseconds.
"""
