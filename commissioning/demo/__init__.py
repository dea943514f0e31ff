"""Made-up people, homes and work for demonstrations, tests and benchmarks.

Everything is drawn from one seed, so the same seed gives the same people and ids; dates hang on today. Rows are
written by COPY, their history with them, while every constraint and trigger of the database watches.
"""
