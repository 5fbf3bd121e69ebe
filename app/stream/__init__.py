"""Sessions on the wire: messages in, frames out, turns on the workers."""
