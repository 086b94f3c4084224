"""The JSON Schema of the protocol file, for editors: made from the models."""

from __future__ import annotations

import json

from review.model.protocol import Protocol


def protocol_schema() -> str:
    """JSON Schema (2020-12) as text."""
    schema = Protocol.model_json_schema(by_alias=True)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
