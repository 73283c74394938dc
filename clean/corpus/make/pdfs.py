"""PDF files: as a scanner's program, an editor and a print driver leave them."""

import subprocess
from pathlib import Path

import img2pdf
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from pictures import exiftool

WHO = "Accounts payable clerk"
DATE = "D:20261102101112+01'00'"


def scan(path: Path, photo: Path) -> None:
    """A picture put into a PDF byte for byte, then marked up: notes, attachment, script, private data of a program."""
    plain = path.with_suffix(".tmp.pdf")
    plain.write_bytes(img2pdf.convert(str(photo), author=WHO, title="Desk", creator="Example Scanner 4",
                                      producer="Example Driver 2", rotation=img2pdf.Rotation.ifvalid))
    with pikepdf.open(plain) as pdf:
        page = pdf.pages[0].obj
        page.LastModified = String(DATE)
        page.PieceInfo = Dictionary(ExampleEditor=Dictionary(LastModified=String(DATE), Private=String("workstation-17")))
        thumb = Stream(pdf, bytes(48))
        thumb.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4, ColorSpace=Name.DeviceRGB, BitsPerComponent=8))
        page.Thumb = pdf.make_indirect(thumb)
        page.Annots = Array([pdf.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=String("Paid twice"), T=String(WHO),
            M=String(DATE), CreationDate=String(DATE), NM=String("11111111-2222"), Subj=String("Note")))])
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("this.zoom = 100;"))
        pdf.attachments["list.txt"] = pikepdf.AttachedFileSpec(
            pdf, b"17, 18\n", filename="list.txt", creation_date=DATE, mod_date=DATE)
        with pdf.open_metadata() as meta:
            meta["dc:creator"] = [WHO]
            meta["xmpMM:DocumentID"] = "uuid:0001"
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    plain.unlink()


def make(out: Path) -> None:
    scan(out / "scan.pdf", out / "photo-phone.jpg")
    # An incremental update: the earlier author is still in the file, behind the new one.
    edited = out / "letter-edited.pdf"
    edited.write_bytes((out / "letter.pdf").read_bytes())
    exiftool(edited, "-Author=Head of accounts", "-Title=Paid twice", "-XMP-dc:Creator=Head of accounts", "-XMP-xmpMM:InstanceID=uuid:0002")
    for name, options in (
        ("letter-streams.pdf", ["--object-streams=generate", "--linearize"]),
        ("encrypted.pdf", ["--encrypt", "", "owner", "256", "--"]),
    ):
        subprocess.run(["qpdf", *options, str(out / "letter.pdf"), str(out / name)], check=True)
