"""What fields are called in tables of other languages, as their databases and programs name the columns (field -> names).

CNKI, Wanfang, VIP and SinoMed in Chinese; Ichushi-Web, CiNii, J-GLOBAL and the registers of trials in Japanese; KISS, RISS and DBpia in Korean; eLIBRARY in Russian; Scopus in
Chinese, in both of its scripts, and in Japanese; interfaces of Excel's users in the others.
"""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "title": (
        "titel", "titre", "título", "titulo", "titolo", "tytuł", "başlık", "название", "заглавие", "название статьи",
        "题名", "标题", "文献标题", "文獻標題", "来源篇名", "篇名", "论文题名", "Title-题名", "題名", "標題", "論文名", "タイトル", "論文タイトル", "和文標題", "研究の名称", "研究名称", "試験名", "試験名称", "一般向け試験名", "科学的試験名", "제목", "논문명", "논문제목",
        "título do artigo", "título do estudo", "título do trabalho", "titulo do artigo", "título original", "título del artículo", "título del estudio", "título del trabajo",
        "titulo del articulo", "título artículo", "titulo articulo", "nombre del artículo", "nome do artigo", "titre de l'article", "titre article", "titel des artikels", "titolo dell'articolo",
        "makale adı", "makale başlığı", "rubrik", "tittel", "otsikko", "název", "názov", "cím", "titlu", "naslov", "назва", "назва статті", "τίτλος", "judul", "judul artikel", "tajuk",
        "tiêu đề", "tên bài", "tên bài báo", "العنوان", "عنوان", "عنوان مقاله", "כותרת", "题目", "论文题目", "文章标题", "論文題目", "文章题目", "文章题名", "文献题名", "文献题目", "论文标题", "makalenin adı", "makalenin başlığı", "titolo articolo",
        "tytuł artykułu", "titel der arbeit", "titel der studie", "titre de l'étude", "titlul", "titlul articolului", "titlu articol", "název článku", "artikkelin nimi", "наименование статьи", "文章名称", "论文名称", "文献名称", "中文标题", "題目", "ชื่อเรื่อง", "ชื่อบทความ", "ชื่อเรื่องวิจัย", "عنوان البحث", "عنوان الدراسة", "judul penelitian", "titel des beitrags", "titel des aufsatzes", "表題", "название публикации", "عنوان المقال", "عنوان المقالة",
    ),
    "subtitle": ("untertitel", "sous titre", "subtítulo", "sottotitolo", "ondertitel", "podtytuł"),
    "abstract": (
        "zusammenfassung", "résumé", "resumen", "resumo", "riassunto", "samenvatting", "streszczenie", "özet", "аннотация", "реферат",
        "摘要", "Summary-摘要", "抄録", "要旨", "초록",
        "abstrakt", "kurzfassung", "sammanfattning", "sammendrag", "resumé", "tiivistelmä", "absztrakt", "összefoglaló", "rezumat", "sažetak", "povzetek", "анотація", "резюме", "περίληψη",
        "abstrak", "ringkasan", "tóm tắt", "الملخص", "چکیده", "תקציר",
        "中文摘要", "要約", "요약", "국문초록", "บทคัดย่อ", "ملخص", "المستخلص", "kurzzusammenfassung", "öz", "摘要内容", "アブストラクト",
    ),
    "authors": (
        "autor", "autoren", "autorinnen", "autor in", "verfasser", "verfasserinnen", "auteurs", "auteur", "autores", "autore", "autori", "autorzy", "yazarlar", "yazar", "авторы", "автор",
        "作者", "来源作者", "Author-作者", "著者", "著者名", "執筆者", "저자", "저자명",
        "autoria", "autoría", "autores as", "autor herausgeber oder institution", "autor herausgeber oder organisation", "primeiro autor", "primer autor", "premier auteur", "erstautor", "författare", "forfatter", "forfattere", "tekijä", "tekijät", "kirjoittajat", "autoři",
        "szerző", "szerzők", "avtor", "avtorji", "автори", "συγγραφέας", "συγγραφείς", "penulis", "pengarang", "tác giả", "المؤلف", "المؤلفون", "المؤلفين", "نویسنده", "نویسندگان", "מחברים", "作者姓名",
        "全部作者", "第一作者", "作者列表", "저자들", "ผู้แต่ง", "ผู้เขียน", "ผู้วิจัย", "autorul", "autor principal", "autora", "اسم الباحث", "الباحث", "الباحثون", "نام نویسندگان", "nama penulis", "auteur rice s", "auteurs rices", "yazar adı", "yazar adları",
    ),
    "year": (
        "jahr", "erscheinungsjahr", "année", "annee", "año", "ano", "anno", "jaar", "rok", "yıl", "год", "год издания",
        "年", "年份", "出版年", "出版年份", "发表年份", "Year-年", "PubTime-发表时间", "发表时间", "発行年", "発行年月", "出版日付", "出版年月日", "登録日", "公開日", "一般公開日", "発行日", "registrierungsdatum", "datum der registrierung", "발행년도", "발행연도", "발행년", "연도",
        "ano de publicação", "ano da publicação", "ano publicação", "ano de publicacao", "año de publicación", "año publicación", "año de publicacion", "data de publicação", "fecha de publicación",
        "année de publication", "annee de publication", "date de publication", "date de soutenance", "anno di pubblicazione", "publikationsjahr", "veröffentlichungsjahr", "publicatiejaar", "rok publikacji", "rok wydania",
        "yayın yılı", "år", "utgivningsår", "udgivelsesår", "vuosi", "julkaisuvuosi", "rok vydání", "év", "anul", "anul publicării", "godina", "leto", "рік", "година", "год публикации", "έτος", "tahun",
        "tahun terbit", "năm", "năm xuất bản", "السنة", "سنة النشر", "سال", "سال انتشار", "שנה",
        "出版时间", "发表日期", "发表年", "年度", "出版日期", "掲載年", "출판연도", "출판년도", "발표연도", "게재연도", "jahr der veröffentlichung", "année de parution", "jaar van publicatie", "årstal", "årstall", "utgivelsesår", "årtal", "anul apariției", "год выпуска", "рік видання", "ปี", "ปีที่พิมพ์", "ปีที่เผยแพร่", "ปี พ ศ", "سنة", "tahun publikasi", "publikationsdatum", "publiceringsår", "publiseringsår", "publikationsår", "yayın tarihi", "发表年度",
    ),
    "journal": (
        "zeitschrift", "revue", "revista", "periódico", "rivista", "tijdschrift", "czasopismo", "dergi", "журнал", "источник",
        "刊名", "来源出版物名称", "來源出版物名稱", "出版物名", "期刊", "期刊名称", "来源", "文献来源", "Source-文献来源", "雑誌名", "収載誌名", "収録刊行物", "刊行物名", "資料名", "학술지명", "학술지", "저널명", "수록지명", "간행물명",
        "nome da revista", "nome do periódico", "título da revista", "título do periódico", "nombre de la revista", "título de la revista", "periodico", "veículo", "veiculo", "veículo de publicação",
        "titre de la revue", "nom de la revue", "nom du journal", "titel der zeitschrift", "nome della rivista", "dergi adı", "tidskrift", "tidsskrift", "lehti", "časopis", "folyóirat", "revija", "списание",
        "περιοδικό", "jurnal", "nama jurnal", "tạp chí", "المجلة", "مجله", "نشریه", "כתב עת", "期刊名", "掲載誌",
        "título de la fuente", "título da fonte",
        "来源期刊", "期刊来源", "杂志", "杂志名称", "期刊名稱", "雑誌", "ジャーナル", "게재지", "학회지", "название журнала", "наименование журнала", "назва журналу", "nazwa czasopisma", "tytuł czasopisma", "název časopisu", "revistă", "numele revistei", "fachzeitschrift", "nombre revista", "tidsskriftnavn", "วารสาร", "ชื่อวารสาร", "اسم المجلة", "نام مجله", "zeitschriftentitel", "revue scientifique", "revista científica", "dergi ismi", "发表期刊", "الدورية", "اسم الدورية",
    ),
    "citation": ("年代卷期",),
    "volume": (
        "band", "bd", "jg", "jahrgang", "volumen", "tom", "cilt", "том", "卷", "Volume-卷", "巻", "권", "권호사항",
        "ročník", "årgång", "årgang", "jaargang", "volym", "kötet", "évfolyam", "τόμος", "tập", "المجلد", "دوره", "جلد", "כרך",
        "卷号", "卷次", "卷號", "巻数", "권수", "bind", "vuosikerta", "nide", "volum", "volumul", "wolumin", "bandnummer", "jahrgangsnummer", "cilt no", "เล่มที่", "tome", "卷数",
    ),
    "issue": ("heft", "heftnummer", "nr", "n°", "fascicolo", "numéro", "número", "nummer", "numero", "zeszyt", "numer", "sayı", "номер", "выпуск", "期", "Period-期", "号", "호", "číslo", "szám", "τεύχος", "nomor", "số", "العدد", "شماره", "גיליון", "期号", "期次", "期號", "号数", "ausgabe", "heft nr", "număr", "numărul", "hefte", "hæfte", "häfte", "utgåva", "sayı no", "номер выпуска", "номер журнала", "ฉบับที่", "núm", "fasc", "期数", "выпуска"),
    "volume issue": ("권호", "卷期", "年卷期", "巻号", "band heft", "volumen número", "volume número", "volume numéro", "том номер", "cilt sayı"),
    "pages": (
        "seiten", "seiten von bis", "páginas", "pagine", "strony", "sayfa", "sayfalar", "sayfa aralığı", "rango de páginas", "intervalo de páginas", "plage de pages", "seitenbereich", "страницы", "页码", "頁碼", "页", "PageCount-页码", "頁", "ページ", "페이지", "쪽", "수록면",
        "pagina's", "sidor", "sider", "sivut", "strany", "oldalak", "сторінки", "halaman", "trang", "σελίδες", "الصفحات", "صفحات", "עמודים",
        "起止页码", "起止页", "页码范围", "起訖頁", "頁次", "쪽수", "seitenzahlen", "seite", "sidetal", "sidetall", "str", "стр", "страница", "strona", "stránky", "pagini", "pag", "pagina", "pagg", "pág", "págs", "sayfa no", "หน้า", "เลขหน้า", "شماره صفحات", "seitenangabe", "seitenangaben", "sayfa numarası", "sayfa numaraları", "s", "с",
    ),
    "start": ("시작페이지", "起始页", "起始页码", "起始頁碼", "開始ページ", "startseite", "página inicial"),
    "end": ("끝페이지", "结束页", "结束页码", "結束頁碼", "終了ページ", "endseite", "página final"),
    "article number": ("论文编号", "論文編號", "論文番号"),
    "doi": ("DOI-DOI", "doi name", "doi号", "doi 번호", "doi番号"),
    "url": (
        "URL-网址", "网址", "链接", "連結", "リンク", "ссылка",
        "enlace", "lien", "tautan",
    ),
    "language": (
        "sprache", "langue", "langue de la these", "idioma", "lingua", "taal", "język", "dil", "язык", "语种", "原始文献语言", "原始文獻語言", "言語", "本文言語", "언어", "작성언어",
        "idioma do artigo", "språk", "sprog", "kieli", "jazyk", "nyelv", "мова", "bahasa", "ngôn ngữ", "اللغة", "زبان",
        "文献语种", "语言", "語言",
    ),
    "keywords": (
        "schlagworter", "schlagwörter", "stichwörter", "mots clés", "palabras clave", "palavras chave", "parole chiave", "trefwoorden", "słowa kluczowe",
        "anahtar kelimeler", "ключевые слова", "关键词", "Keyword-关键词", "作者关键字", "索引关键字", "作者關鍵字", "索引關鍵字", "主题词", "キーワード", "著者キーワード", "索引キーワード", "シソーラス用語", "対象疾患名", "対象疾患", "키워드", "주제어",
        "descritores", "descriptores", "nyckelord", "nøgleord", "nøkkelord", "avainsanat", "klíčová slova", "kulcsszavak", "cuvinte cheie", "ключові слова", "ключови думи", "λέξεις κλειδιά",
        "kata kunci", "từ khóa", "الكلمات المفتاحية", "کلیدواژه ها", "کلمات کلیدی",
        "palabras clave del autor", "palavras chave do autor", "作者关键词",
        "关键字", "關鍵詞", "關鍵字", "schlüsselwörter", "palabras claves", "mots clefs", "คำสำคัญ",
    ),
    "type": (
        "文献类型", "SrcDatabase-来源库", "자료형태", "자료유형", "文獻類型", "文献タイプ", "論文種類", "тип публикации",
        "tipo de documento", "tipo de publicação", "tipo de publicación", "type de document", "dokumenttyp", "dokumententyp", "dokumentart",
    ),
    "pmid": ("id de pubmed", "id do pubmed"),
    "own id": ("ut id único de wos", "id exclusivo do wos", "文献番号", "医中誌番号", "umin試験id", "臨床研究実施計画番号", "jrct番号", "drks id"),
}  # fmt: skip
