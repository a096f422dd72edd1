"""The only place where rows of elections become core values, and core answers become rows."""
