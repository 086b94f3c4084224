"""PubMed's own: NBIB and XML."""
