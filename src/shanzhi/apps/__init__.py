"""The features: thin Django rooms around the core, one folder each, the same file names in each."""
