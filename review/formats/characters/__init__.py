"""From the bytes of a file to its text: encodings, line ends, and what stands for a letter."""
