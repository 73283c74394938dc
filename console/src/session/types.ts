/**
 * What the views work with: cases as they are after opening. Everything that was sealed is hostile text; views put it
 * into text nodes only.
 */
import type { FileRef } from '../api/shapes';
import type { ConclusionBody, ReportBody } from '../protocol/payload';

/** A day, `YYYY-MM-DD`: the finest time there is. */
export type Day = string;

/** A recipient as recipients see each other. */
export interface RecipientView {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
}

/** Who is signed in, and what surrounds them. */
export interface Me {
  readonly recipient: RecipientView;
  readonly organisation: string;
  readonly today: Day;
  readonly recipients: readonly RecipientView[];
  /** Days on which something was addressed to this recipient that the committee has to release first. */
  readonly addressed: readonly Day[];
  /** How notices leave: `smtp`, or `folder` or `memory` where no mail server is configured. */
  readonly mail: string;
  /** The most files that go with one reply, and how large one may be, in bytes. */
  readonly mostFiles: number;
  readonly largestFile: number;
}

export type CaseKind = 'concern' | 'question';

/** What the server itself knows of a case; nothing of it was sealed. */
export interface CaseSummary {
  readonly id: string;
  readonly kind: CaseKind;
  /** received, acknowledged, assessing, question_asked, investigating, deciding, concluded, answered, passed, reopened */
  readonly status: string;
  readonly outcome?: string;
  readonly received: Day;
  readonly acknowledged?: Day;
  /** The last day on which the reporter was told something. */
  readonly updated: Day;
  /** The day by which it should be acknowledged. */
  readonly acknowledgeTarget: Day;
  readonly acknowledgeBy: Day;
  readonly feedbackBy: Day;
  /** Absent once the case is closed. */
  readonly updateBy?: Day;
  /** The last day to answer, for a question. */
  readonly answerBy?: Day;
  /** Whether this recipient has opened it before. */
  readonly opened: boolean;
  /** Messages of the reporter that came after this recipient last opened it. */
  readonly unread: number;
  readonly messages: number;
  readonly replies: number;
  readonly revision: number;
}

/** What the inbox shows of a report that was opened. */
export interface Gist {
  readonly category: string;
  /** The first line of the report, at most 120 characters. */
  readonly subject: string;
  /** Everything that was written in the report, in lower case, to be searched. */
  readonly searchable: string;
  readonly confidential: boolean;
}

/** A line of the inbox: not opened yet, open, or why it cannot be opened. */
export type Listed = CaseSummary &
  (
    | { readonly state: 'sealed' }
    | ({ readonly state: 'open' } & Gist)
    | { readonly state: 'unreadable'; readonly reason: Unreadable }
  );

/** Why something sealed cannot be shown. `texts/en.ts` has a sentence for each. */
export type Unreadable =
  | 'not_sealed_to_your_key'
  | 'grant_damaged'
  | 'other_case_key'
  | 'not_this_case'
  | 'broken'
  | 'another_version'
  | 'misfiled'
  | 'missing'
  | 'twice';

export type { ConclusionBody, ReportBody } from '../protocol/payload';

/** How the first assessment of a case came out; written in a note by whoever assessed it. */
export type Assessment = 'look_into' | 'ask_first' | 'belongs_elsewhere';

interface Placed {
  /** Orders everything that happened in a case. */
  readonly position: number;
  readonly day: Day;
}

/** One thing that happened in a case, in order. */
export type TimelineItem = Placed &
  (
    | { readonly type: 'message'; readonly number: number; readonly text: string; readonly fromReporter: boolean }
    | {
        readonly type: 'reply';
        readonly number: number;
        readonly recipient: string;
        readonly title: string;
        readonly text: string;
      }
    | {
        readonly type: 'note';
        readonly number: number;
        readonly recipient: string;
        readonly title: string;
        readonly text: string;
        readonly assessment?: Assessment;
        readonly conclusion?: ConclusionBody;
      }
    /** Files that came with something that is not here, or that cannot be opened. */
    | { readonly type: 'files' }
    | { readonly type: 'unreadable'; readonly kind: string; readonly number: number; readonly reason: Unreadable }
    | { readonly type: 'received' }
    /** `recipient` is an id. */
    | { readonly type: 'told'; readonly recipient: string }
    | { readonly type: 'opened'; readonly recipient: string }
    | {
        readonly type: 'status' | 'end_proposed';
        readonly recipient: string;
        readonly status: string;
        readonly outcome?: string;
      }
    | { readonly type: 'takes_two' | 'end_declined' | 'ended_alone'; readonly recipient: string }
    /** `whom` can read the case from here on, or cannot any more. */
    | {
        readonly type: 'granted' | 'taken_off' | 'stepped_aside' | 'revoked';
        readonly recipient: string;
        readonly whom: string;
      }
    /** A reminder of what is owed by `due`; `late` once that day has ended. */
    | { readonly type: 'reminded'; readonly duty: string; readonly due: string; readonly late: boolean }
    /** `duty` is a code, `due` the last day on which it would have been in time. */
    | { readonly type: 'missed'; readonly duty: string; readonly due: string }
  );

/** Somebody who can read a case, or could. */
export interface Reader {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
}

/** Who can read a case, and what the signed-in recipient may change about it. */
export interface Readers {
  readonly readers: readonly Reader[];
  /** Nobody whom the report is about is among them. */
  readonly candidates: readonly Reader[];
  readonly mayRelease: boolean;
  readonly mayTakeOff: boolean;
}

export type { FileRef } from '../api/shapes';

/** A file of a case, as its sealed description says. */
export interface CaseFile {
  readonly ref: FileRef;
  /** That of the report, message or reply that it came with; else that of an item of type `files`. */
  readonly position: number;
  readonly name: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** Codes of what was removed before it was sealed. */
  readonly cleaned: readonly string[];
  /** False for one that claims to be the reporter's and is not proven to be. */
  readonly proven: boolean;
}

/** Who a confidential reporter is. Kept apart until somebody asks for it. */
export interface Identity {
  readonly name: string;
  readonly contact: string;
  readonly fromReporter: boolean;
}

/** A case with all that was opened of it. */
export interface DecryptedCase {
  readonly summary: CaseSummary;
  /** Absent when the report itself cannot be opened: then `reportProblem` says why. */
  readonly report?: ReportBody;
  readonly reportProblem?: Unreadable;
  /** Whether a sealed identity is there; `ConsoleSession.identity` opens it. */
  readonly hasIdentity: boolean;
  readonly timeline: readonly TimelineItem[];
  /** Files of reporter and recipients, in the order in which they came. */
  readonly files: readonly CaseFile[];
  /** Numbers that are missing from the reporter's messages: left out by the server. */
  readonly missingMessages: readonly number[];
  /** The same for the reporter's attachments. */
  readonly missingFiles: readonly number[];
  /** False if the mailbox that the server names is not the one that the report names: replies are blocked. */
  readonly mailboxHolds: boolean;
  /** Whether a first assessment is recorded. */
  readonly assessed: boolean;
  /** Statuses that may follow. */
  readonly allowed: readonly string[];
  /** Outcomes that `concluded` can have. */
  readonly outcomes: readonly string[];
  /** The first day on which it may end for want of information; absent where the reporter was not asked. */
  readonly unansweredFrom?: Day;
  /** Whether two have to agree to its end. */
  readonly takesTwo: boolean;
  /** The end that waits for a second reader. */
  readonly proposedEnd?: ProposedEnd;
}

/** An end that one reader proposed and another has to agree to. */
export interface ProposedEnd {
  /** A recipient's id. */
  readonly by: string;
  readonly day: Day;
  readonly status: string;
  readonly outcome?: string;
  /** The number of the note that holds the conclusion. */
  readonly note: number;
  /** Whether whoever is signed in may agree. */
  readonly mayAgree: boolean;
}

/** What ends a case beside its status. */
export interface NewConclusion {
  /** Codes of what was done. */
  readonly measures: readonly string[];
  /** Why it ends so. */
  readonly text: string;
}
