"""Bringing in what a council has by file. Each app says in its `bringin.py` which kinds of file it takes."""
