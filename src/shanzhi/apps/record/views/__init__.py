"""Pages of the record: what was published and its proof, the log itself, checking, and the audit trail."""
