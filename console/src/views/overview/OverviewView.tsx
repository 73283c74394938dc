import { useMemo } from 'preact/hooks';
import { overviewCsv } from '../../export/overview-csv';
import type { Day, Listed } from '../../session/types';
import { countOverview } from '../../state/overview';
import { suppress } from '../../state/suppress';
import { formatDay } from '../../texts/days';
import { OVERVIEW } from '../../texts/overview';
import { Charts } from './Charts';
import { saveFile } from '../save-file';

interface Props {
  readonly cases: readonly Listed[];
  readonly today: Day;
  /** How many of the cases were opened so far; absent once all are. */
  readonly progress?: { readonly done: number; readonly total: number } | undefined;
}

/** Numbers and small charts, counted in the tab from what this recipient can read. */
export function OverviewView({ cases, today, progress }: Props) {
  const overview = useMemo(() => countOverview(cases, today), [cases, today]);
  const shown = useMemo(() => suppress(overview), [overview]);
  if (cases.length === 0) {
    return (
      <div class="overview">
        <h1>{OVERVIEW.title}</h1>
        <div class="overview-empty">
          <h2>{OVERVIEW.empty.title}</h2>
          <p>{OVERVIEW.empty.text}</p>
        </div>
      </div>
    );
  }
  const save = (): void => saveFile(OVERVIEW.csvName(today), 'text/csv', overviewCsv(overview, today));
  return (
    <div class="overview">
      <div class="overview-head">
        <div>
          <h1>{OVERVIEW.title}</h1>
          <p class="overview-lead">
            {OVERVIEW.asOf(formatDay(today))}. <span>{OVERVIEW.lead}</span>
          </p>
        </div>
        <div class="overview-actions" role="group" aria-label={OVERVIEW.actions}>
          <button type="button" onClick={save}>
            {OVERVIEW.saveCsv}
          </button>
          <button type="button" onClick={() => window.print()}>
            {OVERVIEW.print}
          </button>
        </div>
      </div>
      <p class="overview-rule overview-on-screen">{OVERVIEW.smallNumbers}</p>
      {progress !== undefined && progress.done < progress.total && (
        <div class="overview-progress">
          <progress aria-label={OVERVIEW.progressLabel} value={progress.done} max={progress.total} />
          <p>{OVERVIEW.growing(progress.done, progress.total)}</p>
        </div>
      )}
      {/* Two renderings: whoever prints, by the button or by the browser's menu, gets the second. */}
      <div class="overview-live">
        <Charts overview={overview} values={(id) => overview.cells.get(id) ?? 0} printed={false} />
      </div>
      <div class="overview-print">
        <p class="overview-rule">{OVERVIEW.smallNumbersPrinted}</p>
        <Charts overview={overview} values={(id) => shown.get(id) ?? 0} printed />
      </div>
    </div>
  );
}
