import { markdownTable, markdownText, textTable } from '../../table.ts';
import type { Traffic } from '../../spec/model.ts';
import type { TrafficWords } from '../../spec/traffic-words.ts';
import { durationOf, fits } from '../schedule/time.ts';
import { detectionWords, planWarnings } from './plan-power.ts';
import type { PlannedRollout } from './planned.ts';
import { stepRows, STEP_HEADER } from './plan-steps.ts';
import { splitTable } from './traffic.ts';
import { span } from './words.ts';

/** How traffic would move, how long that takes, and what it would notice: lines for a plan. */
export function plannedLines(planned: PlannedRollout): string[] {
  return [
    `  ${planned.endpoint}: ${titleOf(planned)}`,
    ...textTable(STEP_HEADER, stepRows(planned))
      .split('\n')
      .map((row) => `    ${row}`),
    ...notesOf(planned).map((note) => `    ${note}`),
    ...planWarnings(planned).map((warning) => `    warning: ${warning}`),
  ];
}

/** The same for the job summary and the pull request. */
export function plannedMarkdown(planned: PlannedRollout): string {
  const { endpoint, schedule, words } = planned;
  const notes = notesOf(planned).map((note) => `- ${markdownText(note)}`);
  const warnings = planWarnings(planned).map((warning) => `- ⚠️ ${markdownText(warning)}`);
  return [
    `**${markdownText(endpoint)}**: ${markdownText(titleOf(planned))}`,
    splitTable({ now: schedule.base, target: schedule.target }, words),
    markdownTable(STEP_HEADER, stepRows(planned)),
    [...notes, ...warnings].join('\n'),
  ].join('\n\n');
}

/** Traffic that moves without a policy, in one line. */
export function atOnceLine(endpoint: string, before: Traffic, target: Traffic, { split }: TrafficWords): string {
  return `${endpoint}: traffic moves at once, ${split(before)} → ${split(target)}: it has no rollout policy`;
}

function titleOf({ schedule, policy, begun, words }: PlannedRollout): string {
  const way = `traffic moves ${words.split(schedule.base)} → ${words.split(schedule.target)} by ${policy.source}`;
  return begun === undefined ? way : `${way}; ${begun}`;
}

function notesOf(planned: PlannedRollout): string[] {
  const { policy, schedule, hasMoved } = planned;
  return [
    ...(policy.smoke && !hasMoved
      ? [`first a smoke test: ${policy.smoke.count} requests to each deployment, by name`]
      : []),
    ...(schedule.pauseAfter === undefined ? [] : ['after these steps it pauses, as `until` says']),
    timeWords(planned),
    detectionWords(planned),
  ];
}

/** Deployments that are made and smoke tests come on top. */
function timeWords({ schedule, write, maxDuration }: PlannedRollout): string {
  const duration = durationOf(schedule, write);
  const whole = `it takes ${span(duration.shortest)} at least, ${span(duration.longest)} at most`;
  switch (fits(duration, maxDuration)) {
    case 'always':
      return `${whole}, and fits ${span(maxDuration)} (\`max-duration\`)`;
    case 'perhaps':
      return `${whole}; where it takes longer than ${span(maxDuration)} (\`max-duration\`) it pauses, and running again resumes it`;
    case 'never':
      return `${whole}: it pauses after ${span(maxDuration)} (\`max-duration\`), and running again resumes it`;
  }
}
