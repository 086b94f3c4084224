"""An E-utilities endpoint over a library, on loopback: esearch, efetch, esummary, epost, einfo, in XML and JSON; EFetch as MEDLINE text too.

After "The E-utilities In-Depth", NBK25499, and the service's own answers. What PubMed limits is limited here too, so
that a client that works here works there: 9,999 records of a search, 500 ids of a summary, retmax clamped. What a
library can't do faithfully is answered with an ERROR that names it, never with another result.
"""
