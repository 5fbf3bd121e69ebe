"""The server: runs the engine in slices and streams what there is to see."""

VERSION = "0.2.0"
