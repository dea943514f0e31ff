"""The web process, in production and in the demo. What differs (address, number of workers) comes
by option.
"""

accesslog = None  # addresses of pages would put people's record numbers into a log
errorlog = "-"
loglevel = "info"
timeout = 30  # seconds; longer than the database lets one statement take
graceful_timeout = 10
max_requests = 1000  # a worker that grew is replaced
max_requests_jitter = 100
limit_request_line = 4094
limit_request_fields = 100
worker_tmp_dir = "/dev/shm"  # noqa: S108 - memory: a heartbeat on a slow disk would look like a hung worker
control_socket_disable = True  # nobody uses it, and its file would outlive the process
