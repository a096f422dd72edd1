"""Pages of tables: a file in, step by step; a file out."""
