"""Text of labels and values, each format with labels of its own."""
