"""The dataset for assistants, by the Model Context Protocol: each answer with what it rests on."""
