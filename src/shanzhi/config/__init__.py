"""The wiring: settings, addresses, keys; the only place where signals are connected."""
