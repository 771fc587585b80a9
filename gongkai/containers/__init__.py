"""How files of strangers are opened: what they may cost, zip and XML and PDF within limits, and the way to say no."""
