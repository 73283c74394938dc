/** From what the service says to what the console works with. */
import type { BriefJson, MeJson } from '../api/shapes';
import type { CaseSummary, Me } from '../session/types';

export function readSummary(json: BriefJson): CaseSummary {
  return {
    id: json.id,
    kind: json.kind === 'question' ? 'question' : 'concern',
    status: json.status,
    ...(json.outcome === null ? {} : { outcome: json.outcome }),
    received: json.received,
    ...(json.acknowledged === null ? {} : { acknowledged: json.acknowledged }),
    updated: json.updated,
    acknowledgeTarget: json.acknowledge_target,
    acknowledgeBy: json.acknowledge_by,
    feedbackBy: json.feedback_by,
    ...(json.update_by === null ? {} : { updateBy: json.update_by }),
    ...(json.answer_by === null ? {} : { answerBy: json.answer_by }),
    opened: json.opened,
    unread: json.unread,
    messages: json.messages,
    replies: json.replies,
    revision: json.revision,
  };
}

export function readMe(json: MeJson): Me {
  return {
    recipient: json.recipient,
    organisation: json.organisation,
    today: json.today,
    recipients: json.recipients,
    addressed: json.addressed,
    mail: json.mail,
    mostFiles: json.most_files,
    largestFile: json.largest_file,
  };
}
