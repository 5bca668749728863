let mode = 0o755
