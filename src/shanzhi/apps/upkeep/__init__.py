"""Looking after the installation: backup and restore, health and figures for monitoring, new keys for old values."""
