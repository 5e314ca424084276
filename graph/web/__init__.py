"""Pages that need no script: what a thing is and what that rests on, as the server shows it and as a site has it."""
