"""One file for each family of formats, and the folder that they are written to as one."""
