"""Who signs in, and what they may do where: roles are code, granted over a place and everything beneath it."""
