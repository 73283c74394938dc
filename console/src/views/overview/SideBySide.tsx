import type { CellId, Section } from '../../state/overview';
import type { Shown } from '../../state/suppress';
import { GROUPS, OVERVIEW, rowName, SECTIONS, shownNumber } from '../../texts/overview';
import { Figure } from './Figure';
import { lengthOf, percentOf, type Values } from './values';

const SIDES = ['anonymous', 'confidential'] as const;

/** Anonymous and confidential reports beside each other, as shares of their own kind, so that they compare. */
export function SideBySide({ section, values }: { section: Section; values: Values }) {
  const left = [values('sealed'), values('unreadable')];
  return (
    <Figure id={section.id} wide>
      <table class="overview-sides">
        <caption class="overview-unseen">{SECTIONS[section.id].caption}</caption>
        <thead>
          <tr>
            <td />
            {SIDES.map((side) => (
              <th key={side} scope="col">
                {OVERVIEW.columns[side]}
              </th>
            ))}
          </tr>
        </thead>
        {section.groups.map((group) => (
          <tbody key={group.id}>
            {group.rows.length > 1 && (
              <tr class="overview-group">
                <th scope="rowgroup" colSpan={3}>
                  {GROUPS[group.id]}
                </th>
              </tr>
            )}
            {group.rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{group.rows.length > 1 ? rowName(section.id, group.id, row.key) : GROUPS[group.id]}</th>
                {row.cells.map((id, at) => (
                  <SideCell key={id} id={id} whole={wholeOf(group.id, SIDES[at] ?? 'anonymous')} values={values} />
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      <p class="overview-note">
        {OVERVIEW.sideNote} {leftOut(left)}
      </p>
    </Figure>
  );
}

/** What is said of cases that stand in neither column. */
function leftOut(left: readonly Shown[]): string {
  if (left.every((shown) => shown === 0)) {
    return '';
  }
  const known = left.every((shown) => typeof shown === 'number');
  return known ? OVERVIEW.notCounted(left.reduce((sum, shown) => sum + lengthOf(shown), 0)) : OVERVIEW.someNotCounted;
}

/** What the cells of a group are shares of. `undefined` for the row of the totals. */
function wholeOf(group: string, side: string): CellId | undefined {
  return group === 'received' ? undefined : group === 'outcome' ? `closed/${side}` : `received/${side}`;
}

function SideCell({ id, whole, values }: { id: CellId; whole: CellId | undefined; values: Values }) {
  const shown = values(id);
  const percent = whole === undefined ? undefined : percentOf(shown, values(whole));
  return (
    <td class={whole === undefined ? 'overview-total' : undefined}>
      <span class={typeof shown === 'number' ? 'overview-number' : 'overview-words'}>{shownNumber(shown)}</span>{' '}
      {percent !== undefined && <span class="overview-percent">{OVERVIEW.shareOfSide(percent)}</span>}
      {whole !== undefined && (
        <span class="overview-track" aria-hidden="true">
          <span class="overview-bar" style={{ inlineSize: `${percent ?? 0}%` }} />
        </span>
      )}
    </td>
  );
}
