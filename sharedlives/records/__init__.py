"""Records of records: history, who looked, drafts, one-time keys. It knows no domain."""
