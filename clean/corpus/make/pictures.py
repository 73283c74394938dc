"""Pictures as cameras and programs write them, with everything in them that tells on their maker."""

import io
import struct
import subprocess
import zlib
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

PLACE = ["-GPSLatitude=12.345678", "-GPSLatitudeRef=S", "-GPSLongitude=98.765432", "-GPSLongitudeRef=E",
         "-GPSAltitude=12", "-GPSDateStamp=2026:11:02", "-GPSTimeStamp=10:11:12"]
CAMERA = ["-Make=Example Optics", "-Model=Pocket 7", "-SerialNumber=SN-0042-1187", "-LensModel=Example 28mm f/1.8",
          "-LensSerialNumber=LS-7731", "-OwnerName=Accounts payable clerk", "-Artist=Accounts payable clerk",
          "-Copyright=Accounts payable", "-Software=Example Camera 3.1", "-DateTimeOriginal=2026:11:02 10:11:12",
          "-CreateDate=2026:11:02 10:11:12", "-ModifyDate=2026:11:03 08:00:00", "-ImageUniqueID=5f0c0ffee0ddf00d",
          "-UserComment=The invoice on the desk", "-ImageDescription=Desk on the second floor"]
XMP = ["-XMP-dc:Creator=Accounts payable clerk", "-XMP-photoshop:City=Second floor",
       "-XMP-xmpMM:DocumentID=xmp.did:0001", "-XMP-xmpMM:InstanceID=xmp.iid:0002", "-XMP-xmp:CreatorTool=Example Editor 9"]
IPTC = ["-IPTC:By-line=Accounts payable clerk", "-IPTC:City=Second floor", "-IPTC:Caption-Abstract=Desk"]


def exiftool(path: Path, *arguments: str) -> None:
    subprocess.run(["exiftool", "-q", "-m", "-overwrite_original", *arguments, str(path)], check=True)


def picture(size=(96, 64), mode="RGB") -> Image.Image:
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle((8, 8, size[0] // 2, size[1] // 2), fill=(200, 30, 40))
    draw.line((0, 0, *size), fill=(20, 90, 200), width=3)
    return image.convert(mode)


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def maker_note() -> bytes:
    """An Apple maker note with a content identifier: what ties a live photo to its film."""
    value = b"11111111-2222-3333-4444-555555555555\0"
    directory = struct.pack(">H", 1) + struct.pack(">HHII", 0x11, 2, len(value), 14 + 2 + 12 + 4) + b"\0" * 4
    return b"Apple iOS\0\0\x01MM" + directory + value


def exif_with_maker_note() -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Apple", "Pocket 7"
    exif.get_ifd(0x8769)[0x927C] = maker_note()
    return exif.tobytes()


def jpegs(out: Path) -> None:
    phone = out / "photo-phone.jpg"
    picture().save(phone, quality=80, exif=exif_with_maker_note(), icc_profile=profile(), comment=b"For the auditors")
    thumbnail = out / "thumbnail.jpg"
    picture((32, 24)).save(thumbnail, quality=50)
    exiftool(phone, *PLACE, *CAMERA, *XMP, *IPTC, "-Orientation#=6", f"-ThumbnailImage<={thumbnail}")
    thumbnail.unlink()
    # A motion photo: a film behind the picture.
    phone.write_bytes(phone.read_bytes() + b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"film " * 40)

    # Upright, progressive, CMYK as Photoshop writes it (Adobe marker), two pictures in one (MPF).
    picture(mode="CMYK").save(out / "photo-print.jpg", quality=80, progressive=True, dpi=(300, 300), comment=b"Scanned on the second floor")
    exiftool(out / "photo-print.jpg", *XMP)
    first, second = picture(), picture((48, 32))
    first.save(out / "photo-two-pictures.jpg", "MPO", save_all=True, append_images=[second], quality=80)
    picture().save(out / "photo-nothing.jpg", quality=80)


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pngs(out: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Accounts payable clerk")
    info.add_text("Software", "Example Screenshot 2")
    info.add_text("Comment", "Seen at 10:11", zip=True)
    info.add_itxt("Title", "Ledger")
    shot = out / "screenshot.png"
    picture(mode="RGBA").save(shot, pnginfo=info, icc_profile=profile(), dpi=(96, 96))
    exiftool(shot, *PLACE, *CAMERA, *XMP)
    data = shot.read_bytes()
    time = png_chunk(b"tIME", struct.pack(">HBBBBB", 2026, 11, 2, 10, 11, 12))
    private = png_chunk(b"prVt", b"workstation-17")
    shot.write_bytes(data[:33] + time + private + data[33:] + b"after the end")
    picture(mode="P").save(out / "palette.png", transparency=0)
    frames = [picture(), picture().transpose(Image.Transpose.ROTATE_180)]
    frames[0].save(out / "animation.png", save_all=True, append_images=frames[1:], duration=100, pnginfo=info)


def webps(out: Path) -> None:
    picture().save(out / "photo.webp", quality=80, exif=exif_with_maker_note(), icc_profile=profile())
    exiftool(out / "photo.webp", *PLACE, *CAMERA, *XMP, "-Orientation#=6")
    picture(mode="RGBA").save(out / "lossless.webp", lossless=True)
    exiftool(out / "lossless.webp", *XMP)
    frames = [picture(mode="RGBA"), picture(mode="RGBA").transpose(Image.Transpose.ROTATE_180)]
    frames[0].save(out / "animation.webp", save_all=True, append_images=frames[1:], duration=100, exif=exif_with_maker_note())
    picture().save(out / "nothing.webp", quality=80)


def heifs(out: Path) -> None:
    jpeg = io.BytesIO()
    picture().save(jpeg, "JPEG", exif=exif_with_maker_note())
    pillow_heif.register_heif_opener()
    xmp = (b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
           b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
           b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Accounts payable clerk</rdf:li>'
           b'</rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>')
    for name, options in (("photo.heic", {}), ("photo.avif", {"quality": 60})):
        picture().save(out / name, exif=exif_with_maker_note(), xmp=xmp, **options)
        exiftool(out / name, *PLACE, *CAMERA)


def make(out: Path) -> None:
    jpegs(out)
    pngs(out)
    webps(out)
    heifs(out)
    picture().save(out / "unknown.gif")
