/** What the inbox needs of a report. */
import type { ReportBody } from '../protocol/payload';
import { subjectOf } from '../session/subject';
import type { Gist } from '../session/types';

export function gistOf(report: ReportBody): Gist {
  return {
    category: report.category,
    subject: subjectOf(report.narrative),
    searchable: [
      report.narrative,
      report.when,
      report.where,
      report.who_else_knows,
      report.how_you_know,
      report.how_many_know,
    ]
      .filter((answer) => answer !== '')
      .join('\n')
      .toLocaleLowerCase(),
    confidential: report.confidential,
  };
}
