"""Office documents: written by Python libraries with the marks that Microsoft's programs leave, and by LibreOffice."""

import datetime
import io
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import docx
import msoffcrypto.format.ooxml
import openpyxl
import openpyxl.comments
import openpyxl.drawing.image
import pptx
import pptx.util
from docx.oxml import parse_xml
from openpyxl.packaging.custom import StringProperty

WHO = "Accounts payable clerk"
WHEN = datetime.datetime(2026, 11, 2, 10, 11, 12)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Checked by">'
    f"<vt:lpwstr>{WHO}</vt:lpwstr></property></Properties>"
)
PEOPLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
    f'<w15:person w15:author="{WHO}"><w15:presenceInfo w15:providerId="AD" w15:userId="S::clerk@example.org::0a1b"/>'
    "</w15:person></w15:people>"
)
PERSONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    f'<person displayName="{WHO}" id="{{11111111-2222-3333-4444-555555555555}}" userId="S::clerk@example.org::0a1b" '
    'providerId="AD"/></personList>'
)
COMMENT_AUTHORS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<p:cmAuthorLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    f'<p:cmAuthor id="0" name="{WHO}" initials="APC" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>'
)
SLIDE_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    '<p:cm authorId="0" dt="2026-11-02T10:11:12.123" idx="1"><p:pos x="10" y="10"/><p:text>Which invoices?</p:text></p:cm></p:cmLst>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CUSTOM_PART = ("docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml", CUSTOM,
               "_rels/.rels", f"{OFFICE}/custom-properties", "docProps/custom.xml")
PEOPLE_PART = ("word/people.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml", PEOPLE,
               "word/_rels/document.xml.rels", "http://schemas.microsoft.com/office/2011/relationships/people", "people.xml")
PERSONS_PART = ("xl/persons/person.xml", "application/vnd.ms-excel.person+xml", PERSONS, "xl/_rels/workbook.xml.rels",
                "http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml")
AUTHORS_PART = ("ppt/commentAuthors.xml", "application/vnd.openxmlformats-officedocument.presentationml.commentAuthors+xml",
                COMMENT_AUTHORS, "ppt/_rels/presentation.xml.rels", f"{OFFICE}/commentAuthors", "commentAuthors.xml")
COMMENTS_PART = ("ppt/comments/comment1.xml", "application/vnd.openxmlformats-officedocument.presentationml.comments+xml",
                 SLIDE_COMMENTS, "ppt/slides/_rels/slide1.xml.rels", f"{OFFICE}/comments", "../comments/comment1.xml")
PRINTER_PART = ("xl/printerSettings/printerSettings1.bin", "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings",
                b"\\\0\\\0s\0e\0c\0o\0n\0d\0-\0f\0l\0o\0o\0r\0" + bytes(64), "xl/worksheets/_rels/sheet1.xml.rels",
                f"{OFFICE}/printerSettings", "../printerSettings/printerSettings1.bin")


def add_parts(path: Path, *parts) -> None:
    """Adds parts as Microsoft's programs would have: the part, its type, its relation. Real times of the day stay."""
    with zipfile.ZipFile(path) as old:
        content = {name: old.read(name) for name in old.namelist()}
    for number, (name, kind, data, relations, relation, target) in enumerate(parts):
        content[name] = data if isinstance(data, bytes) else data.encode()
        override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(b"</Types>", override.encode())
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        entry = f'<Relationship Id="rIdMore{number}" Type="{relation}" Target="{target}"/></Relationships>'
        content[relations] = content.get(relations, empty).replace(b"</Relationships>", entry.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        new.comment = b"packed on workstation-17"
        for name, data in content.items():
            info = zipfile.ZipInfo(name, (2026, 11, 2, 10, 11, 12))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)


def set_core(core) -> None:
    core.author = core.last_modified_by = WHO
    core.title, core.subject, core.keywords, core.category = "Paid twice", "Invoices", "ledger, second floor", "internal"
    core.comments, core.created, core.modified = "Second draft", WHEN, WHEN
    core.revision = 7


def word(path: Path, photo: Path) -> None:
    document = docx.Document()
    set_core(document.core_properties)
    document.add_heading("Paid twice", 1)
    paragraph = document.add_paragraph("Two invoices were paid twice.")
    document.add_comment(paragraph.runs, "Which invoices?", author=WHO, initials="APC")
    change = f'w:author="{WHO}" w:date="2026-11-02T10:11:12Z"'
    paragraph._p.append(parse_xml(f'<w:ins {W} w:id="901" {change}><w:r w:rsidR="00A1B2C3"><w:t xml:space="preserve"> Numbers 17 and 18.</w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f'<w:del {W} w:id="902" {change}><w:r w:rsidDel="00A1B2C3"><w:delText xml:space="preserve"> Perhaps.</w:delText></w:r></w:del>'))
    paragraph._p.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rsidR", "00A1B2C3")
    document.settings.element.find("{*}rsids").append(parse_xml(f'<w:rsid {W} w:val="00A1B2C3"/>'))
    document.add_picture(str(photo))
    document.save(str(path))
    add_parts(path, CUSTOM_PART, PEOPLE_PART)


def sheet(path: Path, photo: Path) -> None:
    book = openpyxl.Workbook()
    properties = book.properties
    properties.creator = properties.lastModifiedBy = WHO
    properties.title, properties.keywords, properties.created, properties.modified = "Ledger", "second floor", WHEN, WHEN
    page = book.active
    page.title = "Ledger"
    for row in (("Invoice", "Paid"), (17, 120.5), (17, 120.5), ("Sum", "=SUM(B2:B3)")):
        page.append(row)
    page["A2"].comment = openpyxl.comments.Comment("Paid twice", WHO)
    page.add_image(openpyxl.drawing.image.Image(str(photo)), "D2")
    book.custom_doc_props.append(StringProperty(name="Checked by", value=WHO))
    book.save(str(path))
    add_parts(path, PERSONS_PART, PRINTER_PART)


def slides(path: Path, photo: Path) -> None:
    show = pptx.Presentation()
    set_core(show.core_properties)
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Paid twice"
    slide.shapes.add_picture(str(photo), pptx.util.Inches(2), pptx.util.Inches(2))
    show.save(str(path))
    add_parts(path, CUSTOM_PART, AUTHORS_PART, COMMENTS_PART)


def libreoffice(source: Path, kind: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind,
                        "--outdir", folder, str(source)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.copy(Path(folder) / f"{source.stem}.{kind.split(':')[0]}", target)


def set_printer(path: Path) -> None:
    """What LibreOffice keeps when a printer is chosen, which a machine without one cannot show."""
    with zipfile.ZipFile(path) as old:
        content = [(info, old.read(info)) for info in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info, data in content:
            if info.filename == "settings.xml":
                empty = b'<config:config-item config:name="PrinterName" config:type="string"/>'
                assert empty in data
                data = data.replace(empty, empty.replace(b"/>", b">second-floor-printer</config:config-item>"))
            new.writestr(info, data)


def make(out: Path) -> None:
    photo = out / "photo-phone.jpg"
    word(out / "letter-word.docx", photo)
    sheet(out / "ledger-excel.xlsx", photo)
    slides(out / "slides-powerpoint.pptx", photo)
    for source, kind, target in (
        ("letter-word.docx", "odt", "letter.odt"),
        ("ledger-excel.xlsx", "ods", "ledger.ods"),
        ("slides-powerpoint.pptx", "odp", "slides.odp"),
        ("letter-word.docx", "doc", "letter.doc"),
        ("letter-word.docx", 'pdf:writer_pdf_Export:{"UseLosslessCompression":{"type":"boolean","value":"false"},'
         '"Quality":{"type":"long","value":"100"},"ReduceImageResolution":{"type":"boolean","value":"false"},'
         '"ExportNotes":{"type":"boolean","value":"true"}}', "letter.pdf"),
    ):
        libreoffice(out / source, kind, out / target)
    set_printer(out / "letter.odt")
    for source, kind, target in (
        ("letter.odt", "docx", "letter-libreoffice.docx"),
        ("ledger.ods", "xlsx", "ledger-libreoffice.xlsx"),
        ("slides.odp", "pptx", "slides-libreoffice.pptx"),
    ):
        libreoffice(out / source, kind, out / target)
    with io.BytesIO((out / "ledger-excel.xlsx").read_bytes()) as plain, (out / "encrypted.xlsx").open("wb") as sealed:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("correct horse", sealed)
    (out / "note.txt").write_text("Two invoices were paid twice.\n")
