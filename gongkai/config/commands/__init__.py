"""The branches of the `gongkai` command, one module each with `run(argv) -> int`; loaded only when asked for."""
