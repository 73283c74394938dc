/** XMP: Adobe's metadata, an RDF document inside pictures and PDF files. Read to be shown; never written back. */
import type { Traces } from './traces';
import { properties, tellProperties } from './xml-properties';

/** XMP that is read to be shown, in bytes. */
export const LONGEST_XMP = 1024 * 1024;

const KNOWN = properties({
  author:
    'creator Author author Artist OwnerName Owner CameraOwnerName AuthorsPosition CaptionWriter Credit rights publisher contributor',
  last_editor: 'LastModifiedBy',
  company: 'Company',
  place: 'City State Country CountryCode Location Sublocation GPSLatitude GPSLongitude GPSAltitude',
  device: 'Make Model Lens LensModel LensMake',
  serial_number: 'SerialNumber BodySerialNumber LensSerialNumber',
  dates:
    'CreateDate ModifyDate MetadataDate DateCreated DateTimeOriginal DateTimeDigitized DateTime when date CreationDate ModDate',
  software: 'CreatorTool Producer Software softwareAgent xmptk',
  title: 'title description subject Keywords Headline Title Subject',
  comment: 'UserComment',
  identifier:
    'DocumentID InstanceID OriginalDocumentID documentID instanceID originalDocumentID VersionID identifier ImageUniqueID',
});

/** Tells what an XMP packet holds. */
export function tellXmp(packet: Uint8Array, traces: Traces): void {
  const before = traces.removals;
  if (packet.length <= LONGEST_XMP) {
    tellProperties(packet, KNOWN, traces);
  }
  if (traces.removals === before) {
    traces.removed('other', 'XMP');
  }
}
