"""What an answer may contain: scalars, enums, entities, connections, and who is asking."""
