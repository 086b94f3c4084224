"""The offline library: PubMed records on disk as a fielded index, and PubMed's own strategies run on it.

    build(paths, into)                              # review.library.build: files into the index, each once
    with Library.open(path) as library:             # review.store.library
        found = search(library, strategy, mesh)     # review.library.evaluate: PMIDs, hits of each line, warnings

What PubMed does and a library can't is refused by name, with place and mend (`Refusal`): never a silent other answer.
"""
