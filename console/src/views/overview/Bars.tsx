import type { Row, Section } from '../../state/overview';
import { OVERVIEW, rowName, SECTIONS, shownNumber } from '../../texts/overview';
import { Figure } from './Figure';
import { lengthOf, type Values } from './values';

interface Props {
  readonly section: Section;
  readonly values: Values;
  /** Said in place of the bars where there is nothing to count. */
  readonly nothing?: string | undefined;
}

/** Horizontal bars. The chart is the table: each bar stands beside its number. */
export function Bars({ section, values, nothing }: Props) {
  return (
    <Figure id={section.id}>
      {nothing === undefined ? (
        <BarTable section={section} values={values} />
      ) : (
        <p class="overview-nothing">{nothing}</p>
      )}
    </Figure>
  );
}

/** A table with a bar in each row. */
export function BarTable({ section, values }: { section: Section; values: Values }) {
  const rows = section.groups.flatMap((group) => group.rows);
  const longest = Math.max(1, ...rows.map((row) => lengthOf(values(cellOf(row)))));
  return (
    <table class="overview-bars">
      <caption class="overview-unseen">{SECTIONS[section.id].caption}</caption>
      <thead class="overview-unseen">
        <tr>
          <th scope="col">{OVERVIEW.columns.what}</th>
          <th scope="col">{OVERVIEW.columns.cases}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const shown = values(cellOf(row));
          return (
            <tr key={row.key} class={row.key === 'sealed' || row.key === 'unreadable' ? 'overview-apart' : undefined}>
              <th scope="row">{rowName(section.id, 'all', row.key)}</th>
              <td>
                <div class="overview-line">
                  {lengthOf(shown) > 0 && (
                    <span
                      class="overview-bar"
                      aria-hidden="true"
                      style={{ inlineSize: `${(100 * lengthOf(shown)) / longest}%` }}
                    />
                  )}
                  <span class={typeof shown === 'number' ? 'overview-number' : 'overview-words'}>
                    {shownNumber(shown)}
                  </span>
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function cellOf(row: Row): string {
  return row.cells[0] ?? '';
}
