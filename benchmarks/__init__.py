"""Measurements. Each module here runs as `./bench NAME` and prints one JSON object as its last
line.
"""
