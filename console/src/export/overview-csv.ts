import type { Day } from '../session/types';
import { cellsOf, type Overview } from '../state/overview';
import { type Shown, suppress } from '../state/suppress';
import { GROUPS, OVERVIEW, rowName, SECTIONS, shownNumber } from '../texts/overview';

/**
 * The overview as comma-separated values, a number a line, as any spreadsheet opens it: UTF-8 with its mark, lines ended
 * as RFC 4180 wants. Numbers are those of `suppress`: none from 1 to 4.
 */
export function overviewCsv(overview: Overview, today: Day): string {
  const shown = suppress(overview);
  const number = (id: string): string => plain(shown.get(id) ?? 0);
  const { columns, heading } = OVERVIEW;
  const lines: string[][] = [['Table', 'Group', columns.what, 'Reports', columns.cases]];
  for (const id of ['cases', 'open', 'closed', 'sealed', 'unreadable'] as const) {
    lines.push([OVERVIEW.title, '', heading[id], 'All', number(id)]);
  }
  for (const section of overview.sections.filter((each) => cellsOf(each).length > 0)) {
    const sides = section.id === 'side_by_side' ? [columns.anonymous, columns.confidential] : ['All'];
    for (const group of section.groups) {
      for (const row of group.rows) {
        row.cells.forEach((id, at) => {
          const what = rowName(section.id, group.id, row.key);
          lines.push([SECTIONS[section.id].caption, GROUPS[group.id] ?? '', what, sides[at] ?? '', number(id)]);
        });
      }
    }
  }
  lines.push([OVERVIEW.asOf(today), '', OVERVIEW.smallNumbersPrinted, '', '']);
  return `\ufeff${lines.map((line) => line.map(field).join(',')).join('\r\n')}\r\n`;
}

/** Without separators of thousands, so that a spreadsheet takes it for a number. */
function plain(shown: Shown): string {
  return typeof shown === 'number' ? String(shown) : shownNumber(shown);
}

/**
 * One field. Spreadsheets calculate what begins like a formula; an apostrophe before it makes it text. What begins with
 * white space is treated the same: some programs look behind it.
 */
export function field(text: string): string {
  const safe = /^\s*[=+\-@\t\r\n|%＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(safe) || safe.startsWith("'") ? `"${safe.replaceAll('"', '""')}"` : safe;
}
