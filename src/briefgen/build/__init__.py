"""The build: a project and the editions asked for in, finished files in the output folder out."""
