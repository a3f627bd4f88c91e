import type { JsonObject } from '../../json.ts';
import { LONGEST_TAG_VALUE } from '../../spec/limits.ts';
import { isReservedTag } from '../../spec/names.ts';
import type { Traffic } from '../../spec/model.ts';
import { trafficTotal } from '../../spec/traffic.ts';
import { targetFingerprint } from './fingerprint.ts';
import type { RolloutState, RolloutStatus } from '../model.ts';
import { splitIn, splitTags } from './split-tags.ts';

const STATE = 'aml-rollout';
const BASE = 'aml-rollout-base';
const TARGET = 'aml-rollout-target';

const WORDS: Readonly<Record<RolloutStatus, string>> = {
  run: 'run',
  paused: 'paused',
  done: 'done',
  'rolled-back': 'rb',
  failed: 'fail',
};

/** What the tags of an endpoint say of a rollout. */
export type RecordedState =
  { readonly kind: 'none' } | { readonly kind: 'state'; readonly state: RolloutState } | Unreadable;

/** Tags that another version wrote, or somebody by hand. What can be told of them still counts. */
export interface Unreadable {
  readonly kind: 'unreadable';
  /** What is wrong with them, in words. */
  readonly why: string;
  readonly holder: string;
  /** Milliseconds since 1970; 0 when none is told. */
  readonly lease: number;
  /** The split to come back to, where it can be read. */
  readonly base?: Traffic;
}

/**
 * All tags of an endpoint with those of a rollout made anew; without a state they are gone. They go into the same PUT as the
 * traffic, so that state and traffic are never apart.
 */
export function withState(tags: JsonObject, state: RolloutState | undefined): JsonObject {
  const others = Object.entries(tags).filter(([name]) => !isReservedTag(name));
  return { ...Object.fromEntries(others), ...(state ? tagsOf(state) : {}) };
}

/** How many tags an endpoint has while a rollout from one split to another is on its way. */
export function tagsOnTheWay(tags: JsonObject, base: Traffic, target: Traffic): number {
  const others = Object.keys(tags).filter((name) => !isReservedTag(name));
  return others.length + 1 + Object.keys({ ...splitTags(BASE, base), ...splitTags(TARGET, target) }).length;
}

/**
 * The state that the tags of a live endpoint keep. Total: whatever they hold, there is an answer.
 */
export function readState(tags: JsonObject): RecordedState {
  const reserved = reservedTags(tags);
  const text = reserved[STATE];
  const base = splitIn(reserved, BASE);
  const unreadable = (why: string): Unreadable => {
    const { id = '', lease = '' } = fieldsOf(text ?? '');
    return { kind: 'unreadable', why, holder: id, lease: seconds(lease) ?? 0, ...(base ? { base } : {}) };
  };
  if (text === undefined) return base ? unreadable(`tag ${BASE} stands alone`) : { kind: 'none' };
  const version = /^v(\d+);/.exec(text)?.[1];
  if (version === undefined) return unreadable(`tag ${STATE} does not hold the state of a rollout`);
  if (version !== '1') return unreadable(`tag ${STATE} was written by another version of this action (v${version})`);
  const target = splitIn(reserved, TARGET);
  if (!base) return unreadable(`tag ${BASE} is missing or holds no split`);
  if (!target) return unreadable(`tag ${TARGET} is missing or holds no split`);
  const state = stateIn(fieldsOf(text), base, target);
  return typeof state === 'string' ? unreadable(`tag ${STATE} ${state}`) : { kind: 'state', state };
}

/** Whether the tags tell of a rollout that was begun and has not ended. */
export function isUnderWay(tags: JsonObject): boolean {
  const recorded = readState(tags);
  return recorded.kind === 'state' && isBegun(recorded.state);
}

export function isBegun({ status }: RolloutState): boolean {
  return status === 'run' || status === 'paused';
}

function tagsOf(state: RolloutState): Record<string, string> {
  return {
    [STATE]: encoded(state),
    ...splitTags(BASE, state.base),
    ...splitTags(TARGET, state.target),
  };
}

/** `v1;id=…;st=run;i=2/4;w=25;t=…;to=…;pol=…;sha=…;lease=…;why=…`: the cause comes last, since it may hold anything. */
function encoded(state: RolloutState): string {
  const fields = [
    'v1',
    `id=${state.holder}`,
    `st=${WORDS[state.status]}`,
    `i=${state.step}/${state.steps}`,
    `w=${state.percent}`,
    `t=${Math.floor(state.since / 1000)}`,
    `to=${targetFingerprint(state.target)}`,
    `pol=${state.policy}`,
    `sha=${state.commit.slice(0, 7)}`,
    `lease=${Math.floor(state.lease / 1000)}`,
    `why=${state.reason.replace(/ *[^ -~]+ */g, ' ').trim()}`,
  ];
  return fields.join(';').slice(0, LONGEST_TAG_VALUE).trimEnd();
}

function stateIn(fields: Readonly<Record<string, string>>, base: Traffic, target: Traffic): RolloutState | string {
  const status = (Object.keys(WORDS) as RolloutStatus[]).find((word) => WORDS[word] === fields['st']);
  const [, step, steps] = /^(\d{1,3})\/(\d{1,3})$/.exec(fields['i'] ?? '') ?? [];
  const [since, lease] = [seconds(fields['t'] ?? ''), seconds(fields['lease'] ?? '')];
  const percent = /^\d{1,3}$/.test(fields['w'] ?? '') ? Number(fields['w']) : NaN;
  const { id: holder = '', pol: policy = '', sha: commit = '', why: reason = '' } = fields;
  if (!status || !step || !steps || since === undefined || lease === undefined || !(percent <= 100) || holder === '') {
    return 'lacks a part, or holds one that nobody wrote like that';
  }
  if (fields['to'] !== targetFingerprint(target)) return `and tag ${TARGET} do not belong together`;
  if (trafficTotal(target) !== 100) return `goes with a target that does not add up to 100`;
  const counted = { step: Number(step), steps: Number(steps), percent };
  return { holder, status, ...counted, since, lease, target, policy, commit, base, reason };
}

function fieldsOf(text: string): Record<string, string> {
  const [head = '', ...reason] = text.split(/;why=/);
  const pairs = head.split(';').flatMap((field) => {
    const [, key, value] = /^([a-z]+)=(.*)$/.exec(field) ?? [];
    return key !== undefined && value !== undefined ? [[key, value] as const] : [];
  });
  return { ...Object.fromEntries(pairs), ...(reason.length > 0 ? { why: reason.join(';why=') } : {}) };
}

function seconds(text: string): number | undefined {
  return /^\d{1,11}$/.test(text) ? Number(text) * 1000 : undefined;
}

/** By their names in lower case: Azure compares the names of tags without case. */
function reservedTags(tags: JsonObject): Record<string, string> {
  const texts = Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === 'string');
  return Object.fromEntries(texts.map(([name, value]) => [name.toLowerCase(), value]));
}
