/** The table that the server's routing is held to, read from the same file. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { route } from './route';
import type { RecipientData } from './script-data';

interface Row {
  readonly name: string;
  readonly configuration: string;
  readonly category: string;
  readonly chosen: string;
  readonly excluded: string;
  readonly expected: string;
}

const file = new URL('../../../server/src/domain/routing_table.json', import.meta.url);
const table = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly recipients: readonly RecipientData[];
  readonly rows: readonly Row[];
};
const COMMITTEE_ONLY = ['accounting', 'audit_obstruction', 'disclosure', 'management_fraud'];
const PROBLEMS = {
  unknown_recipient: 'unknown: ',
  excluded_and_chosen: 'excluded and chosen: ',
  not_choosable: 'not choosable: ',
  nobody_can_read: 'nobody can read',
};

function words(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}

function configured(changes: string): readonly RecipientData[] {
  const taken = (what: string): readonly string[] =>
    words(changes)
      .filter((word) => word.startsWith(what))
      .map((word) => word.slice(what.length));
  return table.recipients
    .filter((each) => !taken('without:').includes(each.id))
    .map((each) => (taken('keyless:').includes(each.id) ? each : { ...each, public_key: 'age1' }));
}

test.each(table.rows)('$name', (row) => {
  const routed = route(configured(row.configuration), {
    committeeOnly: COMMITTEE_ONLY.includes(row.category),
    chosen: row.chosen,
    excluded: words(row.excluded),
  });
  const found =
    routed.answer === 'error'
      ? PROBLEMS[routed.error] + routed.id
      : [routed.route.granted.join(' '), routed.route.told.join(' '), routed.route.addressed ?? ''].join(' | ');
  expect(found.trim()).toBe(row.expected);
});
