"""The rows of the PRISMA2020 interchange file, in their order, and the words for each number.

Keys, boxes and texts are those of the R package PRISMA2020 v1.1.4 (Haddaway et al., Campbell Syst Rev 2022;18:e1230).
"""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """One row. unit: records, reports, studies, list ("name, n; name, n") or title (no number of its own)."""

    name: str  # '' for the three title rows
    node: str
    box: str
    text: str
    unit: str


KEYS: tuple[Key, ...] = (
    Key("", "node4", "prevstud", "Previous studies", "title"),
    Key("previous_studies", "node5", "box1", "Studies included in previous version of review", "studies"),
    Key("previous_reports", "", "box1", "Reports of studies included in previous version of review", "reports"),
    Key("", "node6", "newstud", "Identification of new studies via databases and registers", "title"),
    Key("database_results", "node7", "box2", "Databases", "records"),
    Key("database_specific_results", "", "box2", "Specific Databases", "list"),
    Key("register_results", "", "box2", "Registers", "records"),
    Key("register_specific_results", "", "box2", "Specific Registers", "list"),
    Key("", "node16", "othstud", "Identification of new studies via other methods", "title"),
    Key("website_results", "node17", "box11", "Websites", "records"),
    Key("organisation_results", "", "box11", "Organisations", "records"),
    Key("citations_results", "", "box11", "Citation searching", "records"),
    Key("duplicates", "node8", "box3", "Duplicate records", "records"),
    Key("excluded_automatic", "", "box3", "Records marked as ineligible by automation tools", "records"),
    Key("excluded_other", "", "box3", "Records removed for other reasons", "records"),
    Key("records_screened", "node9", "box4", "Records screened", "records"),
    Key("records_excluded", "node10", "box5", "Records excluded", "records"),
    Key("dbr_sought_reports", "node11", "box6", "Reports sought for retrieval", "reports"),
    Key("dbr_notretrieved_reports", "node12", "box7", "Reports not retrieved", "reports"),
    Key("other_sought_reports", "node18", "box12", "Reports sought for retrieval", "reports"),
    Key("other_notretrieved_reports", "node19", "box13", "Reports not retrieved", "reports"),
    Key("dbr_assessed", "node13", "box8", "Reports assessed for eligibility", "reports"),
    Key("dbr_excluded", "node14", "box9", "Reports excluded", "list"),
    Key("other_assessed", "node20", "box14", "Reports assessed for eligibility", "reports"),
    Key("other_excluded", "node21", "box15", "Reports excluded", "list"),
    Key("new_studies", "node15", "box10", "New studies included in review", "studies"),
    Key("new_reports", "", "box10", "Reports of new included studies", "reports"),
    Key("total_studies", "node22", "box16", "Total studies included in review", "studies"),
    Key("total_reports", "", "box16", "Reports of total included studies", "reports"),
    Key("identification", "node1", "identification", "Identification", "title"),
    Key("screening", "node2", "screening", "Screening", "title"),
    Key("included", "node3", "included", "Included", "title"),
    Key("total_studies_ma", "node23", "box17", "Total studies included in meta-analysis", "studies"),
    Key("total_reports_ma", "", "box17", "Reports of total included studies in meta-analysis", "reports"),
)
LISTS = tuple(k.name for k in KEYS if k.unit == "list")
PLACEHOLDERS = {
    "database_specific_results": "Database 1, xxx; Database 2, xxx; Database 3, xxx",
    "register_specific_results": "Register 1, xxx; Register 2, xxx; Register 3, xxx",
}

# Numbers that the file has no row for, but that tables of flows and published diagrams give.
BESIDE = {
    "other_results": "Records identified via other methods",
    "removed": "Records removed before screening",
    "after_duplicates": "Records after duplicates removed",
    "excluded_by_human": "Records excluded by a human",
    "excluded_by_automation": "Records excluded by automation tools",
    "dbr_excluded_total": "Reports excluded",
    "other_excluded_total": "Reports excluded",
    "other_removed": "Records of other methods removed or excluded before retrieval",
    "removed_studies": "Studies of the previous version no longer included",
    "removed_reports": "Reports of the previous version no longer included",
    "more_reports_of_previous": "New reports of previously included studies",
}

# What people call the columns of a table of flows; compared without case, blanks and punctuation.
ALIASES = {
    "database_results": ("identified_databases", "databases", "records_databases", "records_identified_databases", "database_records", "found",
                         "identified", "records_identified", "records_identified_from_databases", "n_identified", "total_identified"),
    "register_results": ("identified_registers", "registers", "records_registers", "records_identified_registers", "register_records"),
    "other_results": ("identified_other", "found_other", "other_sources", "other_methods", "records_other", "additional_records",
                      "records_identified_other", "identified_other_methods", "identified_other_sources"),
    "website_results": ("websites", "identified_websites"),
    "organisation_results": ("organisations", "organizations", "identified_organisations", "organization_results"),
    "citations_results": ("citation_searching", "citations", "identified_citations", "citation_results", "reference_lists"),
    "duplicates": ("removed_duplicates", "duplicates_removed", "duplicate_records", "records_duplicates", "duplicate_records_removed"),
    "excluded_automatic": ("removed_automation", "automation", "removed_automatic", "records_removed_automation", "marked_ineligible_by_automation"),
    "excluded_other": ("removed_other", "removed_other_reasons", "records_removed_other"),
    "removed": ("records_removed", "removed_before_screening", "records_removed_before_screening"),
    "after_duplicates": ("no_dupes", "records_after_duplicates_removed", "deduplicated", "unique_records", "records_after_deduplication"),
    "records_screened": ("screened", "n_screened", "title_abstract_screened"),
    "records_excluded": ("screen_exclusions", "screened_exclusions", "excluded_screening", "screened_excluded", "title_abstract_excluded"),
    "excluded_by_human": ("records_excluded_human", "records_excluded_by_human"),
    "excluded_by_automation": ("records_excluded_automation", "records_excluded_by_automation"),
    "dbr_sought_reports": ("reports_sought", "sought", "reports_sought_for_retrieval", "sought_for_retrieval"),
    "dbr_notretrieved_reports": ("reports_not_retrieved", "not_retrieved", "reports_notretrieved"),
    "dbr_assessed": ("reports_assessed", "assessed", "full_text", "full_text_assessed", "reports_assessed_for_eligibility", "full_texts_assessed",
                     "assessed_for_eligibility"),
    "dbr_excluded_total": ("reports_excluded", "full_text_exclusions", "full_text_excluded", "full_texts_excluded", "excluded_full_text"),
    "dbr_excluded": ("reports_excluded_reasons", "exclusion_reasons", "reasons", "full_text_exclusion_reasons"),
    "other_sought_reports": ("other_reports_sought", "other_sought"),
    "other_notretrieved_reports": ("other_reports_not_retrieved", "other_not_retrieved"),
    "other_assessed": ("other_reports_assessed",),
    "other_excluded_total": ("other_reports_excluded",),
    "other_excluded": ("other_reports_excluded_reasons", "other_exclusion_reasons"),
    "new_studies": ("included_studies", "studies_included", "qualitative", "studies", "included_in_review", "studies_included_in_review"),
    "new_reports": ("included_reports", "reports_included", "reports_of_included_studies"),
    "total_studies_ma": ("included_meta_analysis", "quantitative", "meta_analysis", "studies_meta_analysis", "included_in_meta_analysis"),
    "total_reports_ma": ("reports_meta_analysis",),
    "previous_studies": ("studies_previous", "included_previous_studies"),
    "previous_reports": ("reports_previous", "included_previous_reports"),
    "total_studies": ("studies_total",),
    "total_reports": ("reports_total",),
    "removed_studies": ("previous_studies_removed",),
    "removed_reports": ("previous_reports_removed",),
    "more_reports_of_previous": ("new_reports_of_previous_studies",),
    "other_removed": ("other_records_removed", "other_records_excluded"),
}  # fmt: skip
WORDS = {k.name: k.text for k in KEYS if k.name} | BESIDE
