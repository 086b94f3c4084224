"""CSL-JSON, what services answer in JSON, and YAML."""
