"""Pages and answers to HTTP requests."""
