"""Side-by-side measurements, one command each; never run as tests."""
