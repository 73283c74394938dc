import type { Row, Section } from '../../state/overview';
import type { Shown } from '../../state/suppress';
import { OVERVIEW, rowName, SECTIONS, shownNumber } from '../../texts/overview';
import { Figure } from './Figure';
import { lengthOf, percentOf, type Values } from './values';

/** How a duty towards reporters was kept: the share that was on time, and what it is made of. */
export function Duty({ section, values }: { section: Section; values: Values }) {
  const rows = section.groups.flatMap((group) => group.rows);
  const of = (key: string): Shown => values(rows.find((row) => row.key === key)?.cells[0] ?? '');
  // A bar with a part missing would say something else.
  const whole = rows.every((row) => typeof of(row.key) === 'number');
  const counted = rows.filter((row) => lengthOf(of(row.key)) > 0);
  return (
    <Figure id={section.id}>
      <Share onTime={of('on_time')} late={of('late')} />
      {whole && counted.length > 0 && (
        <div class="overview-stack" aria-hidden="true">
          {counted.map((row) => (
            <span key={row.key} class={`overview-${row.key}`} style={{ flexGrow: lengthOf(of(row.key)) }} />
          ))}
        </div>
      )}
      <Parts section={section} rows={rows} values={values} />
    </Figure>
  );
}

function Share({ onTime, late }: { onTime: Shown; late: Shown }) {
  if (typeof onTime !== 'number' || typeof late !== 'number') {
    return <p class="overview-nothing">{OVERVIEW.shareNotShown}</p>;
  }
  const percent = percentOf(onTime, onTime + late);
  if (percent === undefined) {
    return <p class="overview-nothing">{OVERVIEW.nothingDue}</p>;
  }
  return (
    <p class="overview-share">
      <strong>{OVERVIEW.share(percent)}</strong> <span>{OVERVIEW.onTimeOf(onTime, onTime + late)}</span>
    </p>
  );
}

function Parts({ section, rows, values }: { section: Section; rows: readonly Row[]; values: Values }) {
  return (
    <table class="overview-parts">
      <caption class="overview-unseen">{SECTIONS[section.id].caption}</caption>
      <thead class="overview-unseen">
        <tr>
          <th scope="col">{OVERVIEW.columns.what}</th>
          <th scope="col">{OVERVIEW.columns.cases}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const shown = values(row.cells[0] ?? '');
          return (
            <tr key={row.key}>
              <th scope="row">
                <span class={`overview-swatch overview-${row.key}`} aria-hidden="true" />
                {rowName(section.id, 'all', row.key)}
              </th>
              <td class={typeof shown === 'number' ? 'overview-number' : 'overview-words'}>{shownNumber(shown)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
