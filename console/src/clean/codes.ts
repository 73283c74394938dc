/** What cleaning tells, in stable codes: the Rust crate `candor-clean` uses the same ones, for the same things. */

/** What a file is, by what is in it. `old_office` is a container of Office 97 to 2003, or of an encrypted document. */
export type Format =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'heic'
  | 'pdf'
  | 'docx'
  | 'xlsx'
  | 'pptx'
  | 'odt'
  | 'ods'
  | 'odp'
  | 'old_office'
  | 'text'
  | 'unknown';

/**
 * What kind of thing a trace tells. `author` are writers, also of comments and tracked changes, and owners of cameras;
 * `title` is also subject and keywords; `comment` is about the file, not a reviewer's in the text; `profile` is of
 * colours; `other` is anything else that is not needed to show the content.
 */
export type TraceKind =
  | 'author'
  | 'last_editor'
  | 'company'
  | 'place'
  | 'device'
  | 'serial_number'
  | 'dates'
  | 'software'
  | 'title'
  | 'comment'
  | 'thumbnail'
  | 'revisions'
  | 'print_settings'
  | 'profile'
  | 'identifier'
  | 'other';

/** Why a file cannot be cleaned. `damaged` is also what is not understood exactly enough to be sure. */
export type WhyNot = 'unknown_format' | 'encrypted' | 'damaged' | 'too_large' | 'too_many_parts' | 'old_office';

/** One trace, to be shown to whoever is about to send the file. */
export interface Trace {
  readonly kind: TraceKind;
  /** At most 200 characters in one line; those that steer a screen or the direction of writing are replaced. May be empty. */
  readonly value: string;
}

/** A file that cannot be cleaned. It is then as it was. */
export class CannotClean extends Error {
  override readonly name = 'CannotClean';

  constructor(readonly why: WhyNot) {
    super(why);
  }
}

/** The part of the page that reads PDF could not be loaded: that is not the file's fault, and may work another time. */
export class CannotLoad extends Error {
  override readonly name = 'CannotLoad';
}
