"""Transparency log: leaves, tree, tiles, proofs, checkpoints, verification (RFC 6962, RFC 9162, C2SP signed notes)."""
