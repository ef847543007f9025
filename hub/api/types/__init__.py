"""What an answer may contain: entities, connections, sums, and who is asking."""
