"""XML of databases, repositories and programs."""
