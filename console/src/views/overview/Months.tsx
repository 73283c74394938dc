import type { Section } from '../../state/overview';
import { columnName, OVERVIEW, rowName, shownNumber } from '../../texts/overview';
import { BarTable } from './Bars';
import { Figure } from './Figure';
import { lengthOf, type Values } from './values';

/** Small columns, one a month, with the same numbers as a table; on paper the table alone. */
export function Months({ section, values, printed }: { section: Section; values: Values; printed: boolean }) {
  return (
    <Figure id={section.id}>
      {printed ? (
        <BarTable section={section} values={values} />
      ) : (
        <>
          <Columns section={section} values={values} />
          <details class="overview-details">
            <summary>{OVERVIEW.asTable}</summary>
            <BarTable section={section} values={values} />
          </details>
        </>
      )}
    </Figure>
  );
}

function Columns({ section, values }: { section: Section; values: Values }) {
  const rows = section.groups.flatMap((group) => group.rows);
  const months = rows.filter((row) => row.key !== 'earlier');
  const earlier = rows.find((row) => row.key === 'earlier');
  const highest = Math.max(1, ...months.map((row) => lengthOf(values(row.cells[0] ?? ''))));
  // Over the first column too, unless the new year begins right beside it and leaves no room.
  const january = months.findIndex((row) => row.key.endsWith('-01'));
  return (
    // The numbers are in the table below, where they can be read one by one.
    <div aria-hidden="true">
      <div class="overview-columns">
        {months.map(({ key, cells }, at) => {
          const shown = values(cells[0] ?? '');
          const name = columnName(key);
          const year = at === january || (at === 0 && january > 1) ? key.slice(0, 4) : '';
          return (
            <div key={key} class="overview-column">
              <span class="overview-number">{shownNumber(shown)}</span>
              <span class="overview-pillar" style={{ blockSize: `${(6 * lengthOf(shown)) / highest}rem` }} />
              <span class="overview-month-name">
                {name.slice(0, 1)}
                <span>{name.slice(1)}</span>
              </span>
              <span class="overview-year">{year}</span>
            </div>
          );
        })}
      </div>
      {earlier !== undefined && (
        <p class="overview-earlier">
          {rowName(section.id, 'all', 'earlier')}: {shownNumber(values(earlier.cells[0] ?? ''))}
        </p>
      )}
    </div>
  );
}
