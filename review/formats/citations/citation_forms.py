"""The forms in which databases, publishers and people print a citation in one text: a pattern each, named by who writes so."""

from __future__ import annotations

from review.model.identifiers import REGISTERED, REGISTERS
from review.model.patterns import lazy

VOLUME = "(?:[Vv]ol|[Vv]|Bd|Tom|Том|[Cc]ilt)"
ISSUE = "(?:[Nn]o|[Nn]r|[Nn]|[Nn][úu]m|[Nn][º°]|№|Sayı|Issue)"
# Before a year: `March `, `15 August `, `3-9 January `, `Mar 4, `
_DATE = r"(?:(?:\d{1,2}(?:-\d{1,2})? )?[A-Z][a-z]{2,8}[A-Za-z., /\u2013-]{0,12}(?:\d{1,2}, )?)?"
_PART = r"(?:SUPPL(?:EMENT)?\.?|Suppl(?:ement)?\.?|SPEC(?:IAL)?\.? ?ISSUE|PART|Part)(?: (?!Article)[\w&-]{1,8})?"  # of a volume
_RANGE = r"\w+(?: ?- ?(?=\w*\d)\w+)?"
# DOAJ, and who takes from it (BASE, CORE, OpenAIRE): `Journal of Health, Vol 40, Iss 2, Pp 250-260 (2015)`, `…, Iss , p 12- (2015)`
DOAJ = lazy(
    r"(?P<journal>[^;]+?)(?=, (?:Vol|Iss) )(?:, Vol (?P<volume>[\w./-]*))?(?:, Iss (?P<issue>[^,;()]*(?:\([^()]*\))?))?(?:, [Pp]p? (?P<pages>[\w.-]+))?"
    r",? ?\((?P<year>\d{4})\)"
)
# What must be in the text, so that no pattern is tried in vain, and the form.
_MARKED = (
    # PsycInfo by Ovid, of a part of a book: `A Book. (pp. 12-20). New York, NY: Sage; US, 2015. xx, 300 pp.`
    (
        "(pp. ",
        rf"(?P<journal>[^;()]{{3,300}}?)\.? ?\(pp\. (?P<pages>{_RANGE})\)\. [^;]{{0,300}}: [^:;]{{2,100}}; [A-Z]{{2,3}}\b(?:, (?P<year>\d{{4}}))?",
    ),
    # and of a whole one, which stands in nothing: `xi, 460 pp. New York, NY: Sage; US, 2003.`
    (
        "; ",
        r"(?:\((?P<year>\d{4})\)\. )?(?:[ivxlc]+, )?(?:\d+ pp\. )?[A-Z][^:;()\d]{1,60}: [^:;()\d]{2,100}; [A-Z]{2,3}(?:, (?P<later>\d{4}))?(?=\.|$)",
    ),
    # and of what is in no issue yet: `Journal of Health. Advance Online Publication, Mar 2, 2021.`
    (". Advance Online Publication", r"(?P<journal>.+?)\. Advance Online Publication,? (?P<year>[A-Z][\w, ]{0,20}\d{4})"),
    # Cochrane's own: `Cochrane Database of Systematic Reviews, 2015, Issue 3. Art. No.: CD000001.`
    (" Issue ", r"(?P<journal>[^;|]+?),? (?P<year>\d{4}),? Issue (?P<issue>\d[\w-]*)(?:\. Art\. No\.: (?P<article>\w+))?"),
    # JSTOR: `Journal of Health, Vol. 40, No. 2 (March 2015), pp. 250-260 (11 pages)`; `Journal of Health, Vol. 40, No. 2`
    (
        ", Vol. ",
        rf"(?P<journal>[^;]+?), Vol\. (?P<volume>[\w./-]+)(?:, No\. (?P<issue>[\w./-]+))?(?:$| \((?P<year>[^()]{{0,30}}\d{{4}})\)(?:, pp?\. (?P<pages>{_RANGE}))?)",
    ),
    # ScienceDirect: `Journal of Health, Volume 40, Issue 2, March 2015, Pages 250-260`, `…, 2015, 112674`
    (
        ", Volume ",
        rf"(?P<journal>[^;]+?), Volume (?P<volume>[\w-]+)(?:, (?:Issue|Number|No\.?) (?P<issue>[\w-]+)|, Supplement \w+)?(?:, (?P<year>{_DATE}\d{{4}}))?(?:, (?:(?:Pages?|pp?\.) (?P<pages>{_RANGE})|(?P<article>\d{{4,}})))?",
    ),
    # ProQuest: `Journal of Health; Hoboken Vol. 40, Iss. 2, (Mar 2015): 250-260.`
    (
        " Vol. ",
        rf"(?P<journal>[^;]+?)(?:; [^;:]{{1,60}}?)? Vol\. (?P<volume>[\w./-]+)(?:, Iss\. (?P<issue>[\w./-]+))?, \((?P<year>[^()]{{0,30}}\d{{4}})\)(?:: (?P<pages>{_RANGE}))?",
    ),
    # Chicago: `Journal of Health 40, no. 2 (2015): 250-260`
    (
        " (",
        rf"(?P<journal>[^;\d]+?),? (?P<volume>\d{{1,4}})(?:, no\. (?P<issue>[\w/-]+))? \((?P<year>{_DATE}\d{{4}})\)[:,] (?:pp?\. ?)?(?P<pages>{_RANGE})",
    ),
    # Nature: `Journal of Health 40, 250-260 (2015)`
    (" (", rf"(?P<journal>[^;\d]+?),? (?P<volume>\d{{1,4}}), (?P<pages>{_RANGE}) \((?P<year>\d{{4}})\)"),
    # The pages of Springer and Nature: `Journal of Health volume 40, pages 250-260 (2015)`, `…, Article number: 293 (2015)`
    (
        " volume ",
        rf"(?P<journal>[^;]+?) volume (?P<volume>\w+)(?:, (?:pages? ?(?P<pages>{_RANGE})|Article number: (?P<article>\w+)))? \((?P<year>\d{{4}})\)",
    ),
    # Web of Science: `JOURNAL OF HEALTH Volume: 40 Issue: 2 Pages: 250-260 Published: MAR 2015`
    (
        " Volume: ",
        rf"(?P<journal>.+?),? Volume: ?(?P<volume>[\w/-]+)(?:,? Issue: ?(?P<issue>[\w/-]+))?(?: Special Issue: \S+)?(?:,? (?:[Pp]ages?(?:\(s\))?|Article Number): ?(?P<pages>{_RANGE}))?",
    ),
    # Scopus, of an article with a number: `Journal of Health, 40 (2), art. no. e119654, .`
    (
        ", art. no. ",
        r"(?P<journal>[^;\d()]+?), (?P<volume>\w{1,6})(?: ?\((?P<issue>[^()]{1,16})\))?, art\. no\. (?P<article>[\w.-]*\w)",
    ),
    # CAB: `Journal of Health 2015 Vol.40 No.2 pp.250-260 ref.30`, `Journal of Health, 2015, 40, 2, pp 250-260`
    (
        " Vol",
        rf"(?P<journal>[^;,]+?) (?P<year>\d{{4}}) Vol\.? ?(?P<volume>[\w-]+)(?: No\.? ?(?P<issue>[\w/-]+))?(?: pp?\.? ?(?P<pages>{_RANGE}))?",
    ),
    (
        ", pp",
        rf"(?P<journal>[^;]+?), (?P<year>\d{{4}}), (?P<volume>\w{{1,6}}), (?P<issue>[\w/-]{{1,8}}), pp?\.? ?(?P<pages>{_RANGE})",
    ),
    # MDPI: `J. Health 2015, 40(2), 293; https://doi.org/10.3390/x`
    (
        ", ",
        rf"(?P<journal>[^;,\d]+?)(?<!:) (?P<year>(?:19|20)\d\d), (?P<volume>\d{{1,4}})(?:\((?P<issue>[\w-]+)\))?, (?P<pages>{_RANGE})(?=[;.]|$)",
    ),
    # APA's, by people and PsycNet: `Journal of Health, 40(2), 250-260`, `…, 40(2-B), 2003. pp. 250.`
    (
        "(",
        rf"(?P<journal>[^;\d]+?),? (?P<volume>\d{{1,4}}) ?\((?P<issue>(?!(?:19|20)\d\d\))[^()]{{1,16}})\)(?:, (?P<year>\d{{4}}))?[,.:] ?(?:pp?\.? ?)?(?P<pages>{_RANGE})(?:[.,] (?P<later>\d{{4}}))?\.?$",
    ),
    # MEDLINE by EBSCOhost: `BMJ (Clinical Research Ed.) [BMJ] 2015 Jan 02; Vol. 350 (1), pp. 12-20.`
    (
        "] ",
        rf"(?P<journal>.+?) \[[^\[\]]{{1,80}}\] (?P<year>\d{{4}})[\w /-]{{0,20}}; Vol\. (?P<volume>[\w./-]+)(?: \((?P<issue>[^()]+)\))?(?:, pp?\. (?P<pages>{_RANGE}))?",
    ),
    # and a part of a book, of its PsycInfo: `In: A Book. Roe, J. (Ed); Leeds: Sage, 2015. pp. 12-20.`
    ("In: ", rf"In: (?P<journal>[^.;]{{3,300}})\. [^;]{{2,300}}\(Eds?\.?\); [^;]{{2,200}}, (?P<year>\d{{4}})\. pp?\. (?P<pages>{_RANGE})"),
    # EconLit: `Journal of Health, March 2015, v. 40, iss. 2, pp. 250-260`, AGRICOLA: `Journal of health. 2015 Mar., v. 40, no. 2, p. 250-260.`
    (
        ", v. ",
        rf"(?P<journal>[^;]+?)(?:[,.] (?P<year>{_DATE}\d{{4}})(?: [A-Z][a-z]{{2,8}}\.?)?)?, v\. ?(?P<volume>[\w-]+)(?:, (?:iss|no?)\. ?(?P<issue>[\w/-]+))?(?:, pp?\. ?(?P<pages>{_RANGE}))?",
    ),
    # Journals by Ovid, Social Work Abstracts, BIOSIS: `Journal of Health. 40(2):250-260, January 20, 2015.`, `… 40 (2): 250-260, Jul. 2015.`
    (
        "):",
        rf"(?P<journal>[^;]+?)\. (?P<volume>[\w./-]+) ?\((?P<issue>[^()]*)\): ?(?P<pages>{_RANGE}), [A-Z][a-z]{{2,8}}\.? (?:\d{{1,2}}(?:[/-]\d{{1,2}})?, )?(?P<year>\d{{4}})",
    ),
    (". Publish Ahead of Print", r"(?P<journal>[^;]+?)\. Publish Ahead of Print\b.*?(?P<year>\d{4})"),
    # FSTA: `Journal of Health; 2015; 40 (2): 250-260.`, `Journal of Health. 40 (2) 250-260, 2015`; IPA: `Journal of Health. (J Health) 2015; 40 (Mar 1): 250-260.`
    (
        "; ",
        rf"(?P<journal>[^;]+); (?P<year>\d{{4}}); (?P<volume>(?=[\w-]*\d)[\w-]+)(?: ?\((?P<issue>[^()]+)\))?(?:: ?(?P<pages>{_RANGE}))?",
    ),
    (") ", rf"(?P<journal>[^;]+?)\. (?P<volume>\d{{1,4}}) ?\((?P<issue>[^()]{{1,12}})\) (?P<pages>{_RANGE}), (?P<year>\d{{4}})"),
    (". (", rf"(?P<journal>[^;]+?)\. \([^()]{{2,80}}\) (?P<year>\d{{4}}); (?P<volume>\w+)(?: \([^()]*\))?: ?(?P<pages>{_RANGE})"),
    # PEP: `J. Health. 2015. 40:250-260.`
    (". ", rf"(?P<journal>[^;]+?)\. (?P<year>\d{{4}})\. (?P<volume>\d{{1,4}}): ?(?P<pages>{_RANGE})"),
    # ProQuest, of old, and MLA: `Journal of Health 40.2 (Mar 2015): 250-260.`; of theses, and of newspapers
    (
        "): ",
        rf"(?P<journal>[^;\d]+?) (?P<volume>\d{{1,4}})\.(?P<issue>\d{{1,3}}(?:[/-]\d{{1,3}})?) \((?P<year>{_DATE}\d{{4}})\): (?P<pages>{_RANGE})",
    ),
    (", ProQuest Dissertations", r"[^;]+, ProQuest Dissertations(?: & Theses)? Publishing, (?P<year>\d{4})"),
    (" ; ", rf"(?P<journal>[^;]+?) ; [A-Z][^;()\d]{{1,40}} \((?P<year>{_DATE}\d{{4}})\)"),
    # CENTRAL: `Journal of health. Conference: 5th meeting. 2015, 40(2), 250`
    (
        ". Conference: ",
        rf"(?P<journal>[^;]+?)\. Conference: .*?\. (?P<year>\d{{4}}), (?P<volume>[\w-]+)(?:\((?P<issue>[^()]{{1,30}})\))?(?:, (?P<pages>{_RANGE}))?",
    ),
    # Frontiers: `Front. Health 6:293. doi: 10.3389/x`
    (". doi:", rf"(?P<journal>[^;:\d]+?) (?P<volume>\d{{1,3}}): ?(?P<pages>{_RANGE})\. doi:"),
    # PubMed, of what is in no issue yet: `J Health. 2021 Mar 4:1359105321998765. doi: …`
    (":", r"(?P<journal>.+?)\. (?P<year>\d{4})(?: [A-Z][a-z]{2}(?: \d{1,2})?)?:(?P<pages>\w[\w.-]*)\.(?= |$)"),
)
_FORMS = (
    # CSSCI, whose journal has a line of its own: `2019,12(05):12-20`
    r"(?P<year>\d{4}),(?P<volume>[\w-]*)\((?P<issue>\w[\w-]*)\):(?P<pages>\d[\d+,-]*)",
    # The search of the NHS until 2022: `BMJ; Jan 2015; vol. 350 (no. 3); p. 512-520`
    (
        r"(?P<journal>[^;]+?); (?P<year>(?:[A-Z][a-z]{2,8} )?\d{4}); vol\. (?P<volume>[\w-]+) ?(?:\(no\. (?P<issue>[^()]+)\) ?)?"
        r"(?:; pp?\. ?(?P<pages>[\w-]+))?"
    ),
    # CAB Abstracts by Ovid: `Journal of Health; 2019. 40(2):250-260. 30 ref.`
    r"(?P<journal>[^;]+?); (?P<year>\d{4})\. (?P<volume>[\w-]+)(?:\((?P<issue>[^()]+)\))?(?::\([^()]*\)|: ?(?P<pages>[\w-]+))?\.",
    # Scopus: `(2019) Journal of Health, 40 (2), pp. 250-260.`
    (
        r"\((?P<year>\d{4})\) (?P<journal>(?:[^;()]|\([^()]*\))+?), (?P<volume>(?=[\w-]*\d|[IVXLC]+\b)[\w-]{1,12})(?=[ ,.]|$)(?: ?\((?P<issue>[^()]+)\))?"
        r"(?:, (?:pp?\. ?(?P<pages>[\w-]+)|art\. no\. (?P<article>[\w.-]*\w)))?"
    ),
    # Scopus, without a volume: `(2015) A Book, pp. 250-260.`, `(2015) Conference on Health, art. no. 12, pp. 1-6.`, `(2015) Journal of Health, . Article in Press.`
    rf"\((?P<year>\d{{4}})\) (?P<journal>[^;]+?)(?:, (?:art\. no\. (?P<article>[\w.-]*\w)|pp?\. (?P<pages>{_RANGE}))|, (?:\. )?Article in Press)(?:, pp?\. (?P<behind>{_RANGE}))?",
    # A part of a book, in EconLit and others: `In: Doe, J., ed. A Book. London: Sage, 1999, pp. 1-20`
    r"In: .*[ ,](?P<year>\d{4})[,.;:]? pp?\. ?(?P<pages>[\w-]+)",
    # Open Journal Systems, in many languages: `Journal of Health; Vol. 3 No. 2 (2018): Title of the issue; 12-15`
    (
        rf"(?P<journal>[^;]+); *(?=(?:{VOLUME}|{ISSUE})\.? ?\w)(?:{VOLUME}\.? ?(?P<volume>[\w.-]+),? ?)?"
        rf"(?:{ISSUE}\.? ?(?P<issue>[\w./-]+),? ?)?\((?P<year>\d{{4}})\)[^;]*(?:; *(?P<pages>[\w-]+))?"
    ),
    # Embase by Ovid: `Neuron. 53(5) (pp 663-675), 2007. Date of Publication: 01 Mar 2007.` and `… (no pagination), 2022. Article Number: e05`
    (
        r"(?P<journal>.+?)\. (?:Conference.*\. )?(?P<volume>[\w./-]*)\s*(?:\((?P<issue>[^()]*)\))?\s*"
        r"\((?:pp? ?(?P<pages>[^()]+)|no pagination)\),? (?P<year>\d{4})(?:\. Article Number: (?:Article )?(?P<article>[\w./-]*\w))?"
    ),
    # PsycInfo by Ovid: `Neurological Sciences. Vol.45,(3), 2024, pp. 1209-1216.`
    (
        r"(?P<journal>.+?)\. (?:Vol\.? ?(?P<volume>[^,(]+))?(?:,? ?\((?P<issue>[^()]*(?:\([^()]*\))?)\))?,? ?(?:[A-Z][a-z]{2,8} ?\d{0,2}, )?"
        r"(?P<year>\d{4}), (?!Vol)(?:Article \S+ ?)?(?:ArtID (?P<article>[\w-]+)|pp?\. (?P<pages>[\w-]+(?:-\w+)?))?"
    ),
    # MEDLINE by Ovid: `Ear & Hearing. 41(3):615-622, 2020 May/Jun.`, `Gut. 41 Suppl 2:S3-9; discussion S10, 2020.`
    (
        r"(?P<journal>.+?)\. (?P<volume>[\w./-]+(?: [\w.-]{1,7}){0,3})?(?:\((?P<issue>[^()]*(?:\([^()]*\))?)\))?"
        r":(?P<pages>(?=[\w+.-]*\d|[ivxlc]+\b)[^,;:]+(?:[,;] [^,;:]+){0,3}?), (?P<year>\d{4})(?=[ .]|$)"
    ),
    # Ovid, older: `Very Long Title. 28(2):103-106, April 2015.` and `Very Long Title. Vol 28(2) April 2015, 103-106.`
    (
        r"(?P<journal>.+?)\. +(?P<volume>[\w./-]+)(?:\((?P<issue>[^()]*)\))?:(?P<pages>[\w.-]+), "
        r"(?:[A-Z][a-z]+\.?[ /-]?\d{0,2},? ?){1,3}(?P<year>\d{4})"
    ),
    (
        r"(?P<journal>.+?)\. +Vol\.? ?(?P<volume>[\w./-]+?)(?:\((?P<issue>[^()]*)\))?,? (?:[A-Z][a-z]+\.?[ /-]?\d{0,2},? ?){0,3}"
        r"(?P<year>\d{4}), (?:pp?\. |ArtID )?(?P<pages>[\w-]+)"
    ),
    # PsycInfo by Ovid, of a book: `Editor (2015). Very Long Title. (pp. 103-106) xii, 320 pp. Address: Publisher`
    r"[^()]{0,300}\((?P<year>\d{4})\)\. +(?P<journal>.+?)\.? *(?:\(pp\.? (?P<pages>[\w-]+)\)|[xvi, ]*\d+ pp\.)",
    # AGRIS by SilverPlatter: `Journal-of-Health. (2015). v. 40(2) p. 250-260.`
    r"(?P<journal>.+?)\. \((?P<year>\d{4})\)\. v\. (?P<volume>[\w-]+)(?:\((?P<issue>[^()]+)\))?(?: p\. (?P<pages>[\w-]+))?",
    # Embase.com: `Endoscopic Ultrasound (2014) 3:3 (152-160). Date of Publication: 2014` and `… 3:3 Article Number: 12. Date …`
    (
        rf"(?P<journal>.+?) \((?P<year>\d{{4}})\)(?: (?!Article Number|{_PART})(?P<volume>(?:[^\s:(.]|\.(?=\w))+))?(?::? ?(?P<issue>(?:(?<=:)[^\s(:]+ )?{_PART}|(?<=:)[^\s(]+?(?=\.? |\.?$)))?(?:\.? \((?P<pages>[^()]+)\))?"
        r"(?:\.? Article Number: (?:Article )?(?P<article>[\w./-]*\w))?"
    ),
    # EBSCOhost: `Journal of Health (J HEALTH), Apr2015; 40(2): 250-260. (11p)`
    (
        r"(?P<journal>[^;]+?)(?: \((?:[^()a-z]+)\))?, (?P<year>(?:\d{1,2}/\d{1,2}/|[A-Z][\w/ ]{1,20})?\d{4}[\w ]{0,16}); *(?:Vol\. )?(?P<volume>(?=[\w-]*\d|[IVXLC]+\b)[\w-]+) ?"
        r"(?:\((?P<issue>[^()]+)\))?(?:(?:: *|(?<= )(?=\w+-\w))(?P<pages>[^.;( ]+))?"
    ),
    # and `Journal of Health. Apr2015, Vol. 40 Issue 2, p250-260. 11p.`, of old `Journal of Health; Apr2015, …`
    (
        r"(?P<journal>[^;]+?)[.;] (?P<year>(?:\d{1,2}/\d{1,2}/|[A-Z][\w/, -]{1,20})?\d{4})(?: Supplement(?: \w{1,4})?)?,? Vol\. (?P<volume>[\w-]+)(?:,? Issue (?P<issue>[\w/-]+))?"
        r"(?:,? pp?(?P<pages>\w[\w-]*))?"
    ),
    # PsycNet: `Journal of Health, Vol 40(2), Apr 2015, 250-260.`, at EBSCOhost `…, Apr, 2015. pp. 250-260.`
    (
        r"(?P<journal>[^;]+?), Vol\.? ?(?P<volume>[\w-]+)(?:\((?P<issue>[^()]+)\)(?:\(E\))?)?, (?P<year>(?:[A-Z][\w, -]{1,20})?\d{4})"
        r"(?:(?:, |\. (?=pp?\.|ArtID))(?:pp?\. |ArtID: )?(?:Article )?(?P<pages>[\w-]+))?"
    ),
    # ERIC: `Journal of Health, v40 n2 p250-260 Apr 2015`, by SilverPlatter `Journal-of-Health. v40 n2 p. 250-260 Apr 2015`
    r"(?P<journal>[^;]+?)[,.] v(?P<volume>\d[\w.-]*)(?: n(?P<issue>[\w/-]+))?(?: p(?:\. )?(?P<pages>\w[\w-]*))?(?P<year>[\w /-]{0,30} \d{4})",
    # INSPEC: `Journal of Health, vol.40, no.2, April 2015, pp. 250-60`, by SilverPlatter `Journal. vol.40, no.2; April 2015; p.250-60`; CSA: `Journal of Health, vol. 40, no. 2, pp 250-260, Apr 2015`
    (
        r"(?P<journal>[^;]+?)[,.] vol(?:ume)?(?![a-z])\.? ?(?P<volume>[\w-]+)(?:, ?(?:no|n°|nr|issue)(?![a-z])\.? ?(?P<issue>[\w/-]+))?[,;]? ?(?:(?:pages? |pp?\. ?|pp? )(?P<pages>\w[\w-]*),? ?)?"
        r"(?P<year>[\w .-]{0,30}\d{4})?(?:[,;]? ?pp?\.? ?(?=\w*\d)(?P<behind>\w[\w-]*))?"
    ),
    # Primo: `Journal of Health, 2019-04, Vol.40 (2), p.250-260`
    (r"(?P<journal>.+?), (?P<year>\d{4})[\d-]{0,6}, Vol\.(?P<volume>[\w-]+)(?: \((?P<issue>[^()]+)\))?(?:, pp?\.(?P<pages>[\w-]+))?"),
    # INSPEC, of a paper in proceedings: `Walks and Health, Leeds, UK, 2001, p. 12-19`
    r"(?P<journal>(?!https?:)[^;]+?), (?P<year>\d{4}), pp?\. ?(?P<pages>\w[\w-]*)(?: vol\.\d+)?\.?$",
    # EconLit by SilverPlatter: `Journal of Health. April 2015; 40(2): 250-60`
    (
        r"(?P<journal>.+?)\. [A-Z][\w/ -]{1,25} (?P<year>\d{4}); (?P<volume>[\w-]+)(?: ?\((?P<issue>[^()]+)\))?"
        r"(?:: ?(?P<pages>[\w-]+))?"
    ),
    # VHL: `Rev Panam Salud Publica; 18(1): 123-130, 2018.`, `Rev. saúde; 12(3):101-10, jan.-mar. 2004. tab`
    (
        r"(?P<journal>(?:(?!(?:1[89]|20)\d\d)[^;])+); *(?=[\w(])(?P<volume>[\w.-]*)(?: ?\((?P<issue>[^()]+)\))?(?:: *(?P<pages>[\w-]+))?, *"
        r"(?:(?:\d{1,2} )?[^\W\d_]{3,9}\.?(?:[-/ ](?:\d{1,2} )?[^\W\d_]{3,9}\.?)? ?(?:\d{1,2},? )?)?(?P<year>\d{4})"
    ),
    # The Cochrane Library: `Journal of Health, 2019, 40(2), 250\u2010260`
    (
        r"(?P<journal>(?!https?:)[^;]+?), (?P<year>\d{4}), (?=[\w(])(?P<volume>(?:[A-Za-z]{1,6}\.? ?)?\d[\w./-]{0,18})?(?:\((?!no pag)(?P<issue>[^()]{1,30})\))?"
        r"(?:,? ?\(no pagination\)|, (?P<pages>[\w.-]{1,20}(?:[-\u2010-\u2013]\w{1,12})?))?\.?$"
    ),
    # and of an entry of a register its page: `https://clinicaltrials.gov/show/NCT01234567, 2010`
    rf"(?=https?://\S{{0,200}}?(?i:{REGISTERS}|{REGISTERED}))(?P<journal>[^\s,;]+), (?P<year>\d{{4}})\b",
    # PubMed: `Ear Hear. 2019 Jul/Aug;40(4):918-926. doi: ...`; PsycInfo by SilverPlatter: `Ear-and-Hearing. 2019 Jul; Vol 40(4): 918-926`
    (
        r"(?:Version \d+\. )?(?P<journal>.+?)\. (?P<year>\d{4})[^;.]*(?:\.|$|;(?: Vol\.? )?(?P<volume>[^(:;.]*)(?:\((?P<issue>[^)]*)\))?"
        r"(?::(?P<pages>(?:[^.;]|\.(?=\w))*))?)"
    ),
    # SinoMed: `中国公共卫生 2019;35(3):123-134`; with a month, PEDro and others: `Physical Therapy 2019 Jan-Feb;35(3):123-134`
    (
        r"(?P<journal>[^;.]+?),? (?P<year>\d{4})(?: (?:Jan|Feb|Ma[ry]|Apr|Ju[nl]|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)[\w/. -]{0,20})? ?; ?(?P<volume>(?=[\w-]*\d|[IVXLC]+\b)[\w-]+(?: Suppl\.?(?: \w{1,3})?)?)?"
        r"(?: ?\((?P<issue>[^()]+)\))?(?:[:：] ?(?:S\. ?|pp?\.? ?)?(?P<pages>[\w-]+))?"
    ),
    # A column of people's own: `Journal of Health 40(2)`
    r"(?P<journal>[^;\d]+?)(?<! [Vv]ol)(?<! [Nn]o)(?<! [Vv]ol\.)(?<! [Nn]o\.),? (?P<volume>(?!(?:19|20)\d\d\b)\d{1,4}) ?\((?P<issue>\d{1,3}(?:[/-]\d{1,3})?)\)$",
    # `Journal of Health 40: 250-260`, `Journal of Health, 40, 250-260`
    r"(?P<journal>[^;:\d]+?),? (?P<volume>(?!(?:19|20)\d\d,)\d{1,4})(?:: ?|, )(?P<pages>\d+ ?[-\u2010-\u2015] ?\d+)\.?$",
)
FORMS = ((", ", DOAJ), *((sign, lazy(form)) for sign, form in (*_MARKED, *(("", form) for form in _FORMS))))
