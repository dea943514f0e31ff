"""Real PostgreSQL and a real Redis-protocol server for one checkout, for the demo, the tests and
the benchmarks.

`DATABASE_URL` and `REDIS_URL` in the environment win, each alone too; only what is missing is
started. The programs come out of pinned wheels, else out of the distribution. Nothing listens
outside 127.0.0.1, the ports are free ones, both servers ask for a random password, and both end
with the process that started them, however that ends. Production uses none of this: see `docker-
compose.yml`.
"""
