"""Who signs in, and what they may do where: roles are code, granted over a place and everything beneath it.

Operators open and lock accounts here; everybody else changes a password and reads which roles they hold. No statute
is applied here: the law of the rooms above says who decides, and `roles` says which account may press the button.
A scope is the id of a place without a foreign key, because places stand above. Uses nothing of `core`.
"""
