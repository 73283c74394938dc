import type { DutyState, SectionId } from '../state/overview';
import { SMALLEST_SHOWN, type Shown } from '../state/suppress';
import { formatMonth, shortMonth } from './days';
import { categoryName, outcomeName, statusName } from './terms';

/** What the overview says. */
export const OVERVIEW = {
  title: 'Overview',
  lead: 'Counted in this tab, from the cases that you can read. Nothing of it is sent anywhere.',
  asOf: (day: string) => `As of ${day}`,
  growing: (done: number, total: number) => `${done} of ${total} opened; the figures below grow.`,
  progressLabel: 'Cases opened',
  saveCsv: 'Save as CSV',
  print: 'Print',
  csvName: (day: string) => `overview-${day}.csv`,
  actions: 'Save and print',
  /** Beside the buttons. */
  smallNumbers:
    `Numbers from 1 to ${SMALLEST_SHOWN - 1} are not shown in what is saved or printed: they read ` +
    `“under ${SMALLEST_SHOWN}”. Where such a number could be worked out from the others, further numbers read “not shown”.`,
  /** On paper and in the file. */
  smallNumbersPrinted:
    `Numbers from 1 to ${SMALLEST_SHOWN - 1} read “under ${SMALLEST_SHOWN}”, so that nobody can be recognised. Where such a ` +
    'number could be worked out from the others, further numbers read “not shown”, whatever their size.',
  asTable: 'As a table',
  empty: {
    title: 'Nothing to count yet',
    text:
      'When reports arrive, this page shows how many there are, how long they have been open and whether they were ' +
      'answered in time. No reports does not mean that nothing is wrong: people speak up where they know that they can.',
  },
  heading: { cases: 'Cases', open: 'Open', closed: 'Closed', sealed: 'Not opened yet', unreadable: 'Cannot be opened' },
  columns: { what: 'What', cases: 'Cases', anonymous: 'Anonymous', confidential: 'Confidential' },
  noneOpen: 'No case is open.',
  noneClosed: 'No case is closed yet.',
  share: (percent: number) => `${percent} %`,
  onTimeOf: (done: number, all: number) => `on time: ${done} of ${all} that were due`,
  nothingDue: 'Nothing was due yet.',
  shareNotShown: 'The share is not shown: it would give small numbers away.',
  shareOfSide: (percent: number) => `${percent} %`,
  sideNote:
    'Bars and percentages are shares of all anonymous, or of all confidential reports; those of the outcomes are shares of ' +
    'the closed ones.',
  someNotCounted: 'Cases that could not be read so far are in neither column.',
  notCounted: (count: number) =>
    `${count} that could not be read so far ${count === 1 ? 'is' : 'are'} in neither column.`,
} as const;

/** Caption of a chart, and what it counts. */
export const SECTIONS: Readonly<Record<SectionId, { readonly caption: string; readonly note: string }>> = {
  age: { caption: 'Open cases by age', note: 'Days since the report was received.' },
  acknowledgement: {
    caption: 'Acknowledged on time',
    note:
      'On time: acknowledged within 7 days. Late: acknowledged after that, or not yet although the 7 days are over. ' +
      'The share leaves out what is still running.',
  },
  feedback: {
    caption: 'Feedback on time',
    note:
      'Feedback counts as given when a case is closed, on the last day on which the reporter was told something; it is due ' +
      'three months after the acknowledgement. A reply to an open case is not counted as feedback, and one after the end ' +
      'moves the day: the figure is rather too strict than too kind.',
  },
  month: { caption: 'Received by month', note: 'The last twelve months, this one included.' },
  category: {
    caption: 'By category',
    note: 'The category is sealed in the report: it is counted once the report was opened in this tab.',
  },
  outcome: { caption: 'How closed cases ended', note: 'Cases that were opened again count as open.' },
  side_by_side: {
    caption: 'Anonymous and confidential reports',
    note: 'Whether both are treated alike: an anonymous report deserves the same care.',
  },
};

const AGE_NAMES: Readonly<Record<string, string>> = {
  '0-7': '0 to 7 days',
  '8-30': '8 to 30 days',
  '31-90': '31 to 90 days',
  'over-90': 'Over 90 days',
};

const DUTY_NAMES: Readonly<Record<DutyState, string>> = {
  on_time: 'On time',
  late: 'Late',
  running: 'Still running',
};

/** Headings of the groups of rows in the table that has anonymous and confidential reports side by side. */
export const GROUPS: Readonly<Record<string, string>> = {
  received: 'Received',
  acknowledgement: 'Acknowledged',
  standing: 'Where they stand',
  outcome: 'Outcome of the closed ones',
};

/** What a row of a table is called. */
export function rowName(section: SectionId, group: string, key: string): string {
  if (key === 'sealed' || key === 'unreadable') {
    return OVERVIEW.heading[key];
  }
  switch (section === 'side_by_side' ? group : section) {
    case 'age':
      return AGE_NAMES[key] ?? key;
    case 'acknowledgement':
    case 'feedback':
      return DUTY_NAMES[key as DutyState];
    case 'month':
      return key === 'earlier' ? 'Earlier' : formatMonth(key);
    case 'category':
      return key === 'other' ? 'Another category' : categoryName(key);
    case 'outcome':
      return key === 'other' ? 'Another end' : key === 'passed' ? statusName(key) : outcomeName(key);
    case 'standing':
      return key === 'open' ? OVERVIEW.heading.open : OVERVIEW.heading.closed;
    default:
      return 'Reports';
  }
}

/** What stands under a column of the months, where there is little room. */
export function columnName(key: string): string {
  return key === 'earlier' ? 'Earlier' : shortMonth(key);
}

/** A number, or the words that stand in its place. */
export function shownNumber(shown: Shown): string {
  if (typeof shown === 'number') {
    return shown.toLocaleString('en');
  }
  return shown === 'under_5' ? `under ${SMALLEST_SHOWN}` : 'not shown';
}
