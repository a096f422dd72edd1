"""What programs ask: alive, ready, figures."""
