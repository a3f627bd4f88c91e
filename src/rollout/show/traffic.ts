import { markdownTable } from '../../table.ts';
import type { Traffic } from '../../spec/model.ts';
import { weightOf } from '../../spec/traffic.ts';
import { PLAIN_WORDS, type TrafficWords } from '../../spec/traffic-words.ts';
import type { Progress, RolloutEnding } from '../walk/ports.ts';
import { clipped } from './words.ts';

const BAR = 10;
/** More than an endpoint can have. Source: Microsoft Learn, quotas of online endpoints (20 deployments). */
const MOST_DEPLOYMENTS = 40;
/** Longer than Azure lets one be, which is 32. */
const LONGEST_NAME = 60;

/** Splits side by side, in percent and in bars. */
export function splitTable(splits: Readonly<Record<string, Traffic>>, words: TrafficWords = PLAIN_WORDS): string {
  const names = [...new Set(Object.values(splits).flatMap((split) => Object.keys(split)))].sort();
  const rows = names
    .slice(0, MOST_DEPLOYMENTS)
    .map((name) => [
      clipped(words.name(name), LONGEST_NAME),
      ...Object.values(splits).map((split) => words.hidden(name) ?? weightCell(weightOf(split, name))),
    ]);
  return markdownTable(['deployment', ...Object.keys(splits)], rows);
}

/** Where traffic was, is and was to go. */
export function trafficTable(progress: Progress): string {
  const { base, target } = progress.schedule;
  return splitTable({ before: base, now: liveSplit(progress), target });
}

/** As it was written last, or as somebody else left it. */
function liveSplit({ schedule: { base, target }, stages, ending }: Progress): Traffic {
  if (ending?.table) return Object.fromEntries(ending.table.map(({ deployment, live }) => [deployment, live]));
  if (ending?.status === 'succeeded') return target;
  if (ending?.status === 'rolled-back') return base;
  return stages.findLast(({ step }) => step)?.step?.split ?? base;
}

/** Who wrote what, where somebody else moved traffic. */
export function foreignTable(table: NonNullable<RolloutEnding['table']>): string {
  const rows = table
    .slice(0, MOST_DEPLOYMENTS)
    .map(({ deployment, recorded, wanted, live }) => [
      clipped(deployment, LONGEST_NAME),
      `${recorded} %`,
      `${wanted} %`,
      `${live} %`,
    ]);
  return markdownTable(['deployment', 'written by the rollout', 'wanted by Git', 'live'], rows);
}

function weightCell(weight: number): string {
  const filled = Math.min(BAR, Math.max(0, Math.round((weight / 100) * BAR))) || 0;
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${weight} %`;
}
