"""How the installation is: what is ready, what waits, how old the newest backup is."""
