"""Every table in and out: a file is read, checked row by row, and written only when somebody says so; and goes out again.

Clerks bring lists in and take lists out here, whatever the list is about. A room above declares its table's columns
(`declared.Table`) and names it in the settings; reading, mapping, faults, undo, history, progress, templates and
exports are the same for all. What is personal waits sealed and goes when it is no longer needed.
Reads cells by `core.tables`.
"""
