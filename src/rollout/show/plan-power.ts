import { MINUTE } from '../../duration.ts';
import { ceilingAlone } from '../judge/ceiling.ts';
import { FEWEST_MINUTES } from '../judge/latency.ts';
import { detection, type LiveTraffic } from '../judge/power.ts';
import { percent, some, whole } from '../judge/words.ts';
import { hasWay } from '../schedule/split.ts';
import type { PlannedRollout } from './planned.ts';
import { shareOf, walkedSteps } from './plan-steps.ts';
import { span } from './words.ts';

/** In minutes: how much of the past counts where the new side is alone. */
const HOUR = 60;
/** Jumps of the errors that a person has a feeling for, the largest first. */
const FOLDS = [10, 5, 2] as const;
/** The same where there are no errors that could multiply. */
const RATES = [0.2, 0.05, 0.01] as const;

/** Whether this rollout would notice anything at all at what the endpoint serves now. */
export function detectionWords({ policy, load, schedule, words }: PlannedRollout): string {
  const { errors } = policy;
  if (!errors) return 'errors are not checked, so none will be detected';
  if (words.hidesWeights) return 'what it would detect is not shown: it would tell the weights behind placeholders';
  if (!load) return 'what it would detect is not known: Azure Monitor does not tell how many requests there are';
  if (!(load.perMinute > 0)) return 'nothing is served now: without requests nothing is detected';
  const stages = walkedSteps(schedule).map(({ split, bake }) => ({
    share: shareOf(schedule, split),
    minutes: bake / MINUTE,
  }));
  const served = `at ${pace(load)} with ${percent(load.errorRate)} errors`;
  if (!stages.some(({ share }) => share > 0 && share < 1)) {
    const before = { requests: load.perMinute * HOUR, errors: load.perMinute * HOUR * load.errorRate };
    const most = percent(ceilingAlone(before, errors));
    return `${served} there is no old side beside the new one: only errors above ${most} would be detected`;
  }
  const found = jumpsFrom(load).map(({ name, rate }) => ({ name, caught: detection(load, stages, rate, errors) }));
  const noticed = found.flatMap(({ name, caught }) =>
    caught ? [`${name} after ${some(caught.minutes, 'minute')}, at ${whole(caught.share * 100)} %`] : [],
  );
  const missed = found.flatMap(({ name, caught }) => (caught ? [] : [name]));
  const never = missed.length > 0 ? [`not before all traffic has moved: ${missed.join(', ')}`] : [];
  return `${served} it would detect, in 9 of 10 rollouts (watched minutes): ${[...noticed, ...never].join('; ')}`;
}

function jumpsFrom({ errorRate }: LiveTraffic): { readonly name: string; readonly rate: number }[] {
  const outage = { name: 'a total outage', rate: 1 };
  const jumps =
    errorRate > 0
      ? FOLDS.map((fold) => ({ name: `${fold} times the errors`, rate: fold * errorRate }))
      : RATES.map((rate) => ({ name: `errors of ${rate * 100} %`, rate }));
  return [outage, ...jumps.filter(({ rate }) => rate < 1)];
}

/** `42 requests a minute`, `0.5 requests a minute`. */
function pace({ perMinute }: LiveTraffic): string {
  const count = perMinute >= 10 ? whole(perMinute) : String(Number(perMinute.toPrecision(2)));
  return `${count} request${count === '1' ? '' : 's'} a minute`;
}

/** What speaks against it, though nothing forbids it. */
export function planWarnings(planned: PlannedRollout): string[] {
  const ofWeights = planned.words.hidesWeights ? [] : [...thinSteps(planned), ...smallSide(planned)];
  return [...ofWeights, ...shortBakes(planned), ...fromNothing(planned)];
}

const NO_DATA = { pause: 'it pauses', promote: 'it continues anyway', rollback: 'it rolls back' } as const;

/** Steps that see too few requests to be passed. */
function thinSteps({ policy, load, schedule }: PlannedRollout): string[] {
  const { errors, onNoData } = policy;
  if (!errors || !load) return [];
  return walkedSteps(schedule).flatMap(({ split, percent: part, bake, maxBake }) => {
    const requestsIn = (time: number): number => load.perMinute * shareOf(schedule, split) * (time / MINUTE);
    if (requestsIn(bake) >= errors.minRequests) return [];
    const takes = `fewer than the ${whole(errors.minRequests)} required`;
    const sees = (time: number): string => `${part} % sees about ${some(requestsIn(time), 'request')} in ${span(time)}`;
    return requestsIn(maxBake) < errors.minRequests
      ? [`${sees(maxBake)}, ${takes}: then ${NO_DATA[onNoData]} (\`on-no-data\`)`]
      : [`${sees(bake)}, ${takes}, so the bake is extended`];
  });
}

/** Bakes that are extended whatever they show. A step is judged with those before it, but not where it has all traffic. */
function shortBakes({ policy, schedule }: PlannedRollout): string[] {
  if (!policy.latency) return [];
  let watched = 0;
  return walkedSteps(schedule).flatMap(({ split, percent: part, bake }) => {
    watched = bake + (shareOf(schedule, split) < 1 ? watched : 0);
    if (watched >= FEWEST_MINUTES * MINUTE) return [];
    watched += bake;
    return [
      `${part} % is watched longer than ${span(bake)}: latency is compared in ${FEWEST_MINUTES} minutes at least`,
    ];
  });
}

/** Fewer machines than those whose traffic they take over. */
function smallSide({ schedule, instances, words }: PlannedRollout): string[] {
  const { canary, compared } = schedule;
  const step = walkedSteps(schedule).find(({ split }) => shareOf(schedule, split) > 0.5);
  const [fresh, old] = [canary, compared].map((names) => total(names, instances));
  if (!step || fresh === undefined || old === undefined || fresh >= old) return [];
  const [news, olds] = [canary, compared].map((names) => names.map(words.name).join(', '));
  const has = `${news} ${canary.length === 1 ? 'has' : 'have'} ${some(fresh, 'instance')}`;
  return [`${has} where ${olds} had ${old}, and takes ${whole(shareOf(schedule, step.split) * 100)} % of the traffic`];
}

/** Nothing where one of them is not known, or scales by itself. */
function total(names: readonly string[], instances: PlannedRollout['instances']): number | undefined {
  const known = names.map((name) => instances?.get(name));
  return known.reduce((sum, count) => (sum === undefined || count === undefined ? undefined : sum + count), 0);
}

function fromNothing({ schedule: { base, target } }: PlannedRollout): string[] {
  if (hasWay(base, target)) return [];
  return ['nothing is live now: all traffic comes in one step, with nothing to compare with'];
}
