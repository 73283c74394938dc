/** What the service says under `/api/v1`, as its openapi.json describes it. Fields that are not named here are ignored. */

export interface RecipientJson {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
}

export interface MeJson {
  readonly recipient: RecipientJson;
  readonly organisation: string;
  readonly today: string;
  readonly recipients: readonly RecipientJson[];
  readonly addressed: readonly string[];
  readonly mail: string;
  readonly most_files: number;
  readonly largest_file: number;
}

/** Who can read a case, and to whom it could be released. */
export interface ReadersJson {
  readonly readers: readonly RecipientJson[];
  readonly candidates: readonly (RecipientJson & { readonly public_key: string })[];
  readonly may_release: boolean;
  readonly may_take_off: boolean;
}

export interface ChallengeJson {
  readonly challenge: string;
  /** An age file in base64. */
  readonly sealed: string;
}

/** A line of the index: nothing sealed. */
export interface BriefJson {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly received: string;
  readonly acknowledged: string | null;
  readonly updated: string;
  readonly acknowledge_target: string;
  readonly acknowledge_by: string;
  readonly feedback_by: string;
  readonly update_by: string | null;
  readonly answer_by: string | null;
  readonly opened: boolean;
  readonly unread: number;
  readonly messages: number;
  readonly replies: number;
  readonly revision: number;
}

/** A case with what opens it. */
export interface SealedCaseJson extends BriefJson {
  readonly public_key: string;
  readonly mailbox_public_key: string;
  /** An age file in base64: the case's private key, sealed to the signed-in recipient. */
  readonly grant: string;
  /** An age file in base64. */
  readonly report: string | null;
}

export interface IndexJson {
  readonly cases: readonly BriefJson[];
  readonly next: string | null;
}

export interface SealedCasesJson {
  readonly cases: readonly SealedCaseJson[];
}

export interface EntryJson {
  readonly kind: string;
  readonly number: number;
  readonly position: number;
  readonly day: string;
  /** An age file in base64. */
  readonly sealed: string;
}

export interface EventJson {
  readonly position: number;
  readonly day: string;
  readonly kind: string;
  readonly actor: string;
  readonly detail: string;
}

export interface CaseJson {
  readonly case: SealedCaseJson;
  readonly entries: readonly EntryJson[];
  readonly events: readonly EventJson[];
  readonly allowed: readonly string[];
  readonly outcomes: readonly string[];
  readonly unanswered_from: string | null;
  readonly takes_two: boolean;
  readonly proposed_end: ProposedEndJson | null;
}

export interface ProposedEndJson {
  readonly by: string;
  readonly day: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly note: number;
  readonly may_agree: boolean;
}

/** A sealed entry to be added. */
export interface NewEntryJson {
  readonly number: number;
  /** An age file in base64. */
  readonly sealed: string;
}

/** Which content of a case is meant: a reporter's attachment, or a file that came with a reply (`part` from 1). */
export type FileRef =
  | { readonly of: 'attachment'; readonly number: number }
  | { readonly of: 'reply'; readonly number: number; readonly part: number };

/** What a content that was taken is called. */
export interface UploadJson {
  readonly upload: string;
}

/** The body of a refusal (RFC 9457). */
export interface ProblemJson {
  readonly code: string;
  readonly status: number;
  readonly title: string;
}
