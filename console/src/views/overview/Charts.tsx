import type { Overview, Section } from '../../state/overview';
import { OVERVIEW, shownNumber } from '../../texts/overview';
import { Bars } from './Bars';
import { Duty } from './Duty';
import { Months } from './Months';
import { SideBySide } from './SideBySide';
import type { Values } from './values';

const HEADING = ['cases', 'open', 'closed'] as const;
const NOT_READ = ['sealed', 'unreadable'] as const;

/** All numbers and charts: once as they are, for the screen, and once as they may be printed. */
export function Charts({ overview, values, printed }: { overview: Overview; values: Values; printed: boolean }) {
  const heading = [...HEADING, ...NOT_READ.filter((id) => overview.cells.get(id) !== 0)];
  return (
    <>
      <dl class="overview-heading">
        {heading.map((id) => (
          <div key={id}>
            <dt>{OVERVIEW.heading[id]}</dt>
            <dd>{shownNumber(values(id))}</dd>
          </div>
        ))}
      </dl>
      <div class="overview-grid">
        {overview.sections.map((section) => (
          <Chart key={section.id} section={section} overview={overview} values={values} printed={printed} />
        ))}
      </div>
    </>
  );
}

interface Props {
  readonly section: Section;
  readonly overview: Overview;
  readonly values: Values;
  readonly printed: boolean;
}

function Chart({ section, overview, values, printed }: Props) {
  switch (section.id) {
    case 'month':
      return <Months section={section} values={values} printed={printed} />;
    case 'acknowledgement':
    case 'feedback':
      return <Duty section={section} values={values} />;
    case 'side_by_side':
      return <SideBySide section={section} values={values} />;
    case 'age':
      return (
        <Bars
          section={section}
          values={values}
          nothing={overview.cells.get('open') === 0 ? OVERVIEW.noneOpen : undefined}
        />
      );
    case 'outcome':
      return (
        <Bars
          section={section}
          values={values}
          nothing={overview.cells.get('closed') === 0 ? OVERVIEW.noneClosed : undefined}
        />
      );
    case 'category':
      return <Bars section={withoutEmpty(section, overview)} values={values} />;
  }
}

/** Rows for what could not be read show only where there is any. */
function withoutEmpty(section: Section, overview: Overview): Section {
  const isThere = (key: string): boolean => (key !== 'sealed' && key !== 'unreadable') || overview.cells.get(key) !== 0;
  return {
    ...section,
    groups: section.groups.map((group) => ({ ...group, rows: group.rows.filter((row) => isThere(row.key)) })),
  };
}
