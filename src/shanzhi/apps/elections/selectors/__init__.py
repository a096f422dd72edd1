"""Questions to the elections room; nothing here writes."""
