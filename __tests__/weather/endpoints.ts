import type { EndpointView } from '../../emulator/control.ts';
import type { SeedEndpoint } from '../../emulator/seed.ts';
import type { RolloutState } from '../../src/rollout/model.ts';
import { readState, withState } from '../../src/rollout/state/tags.ts';

/** Percent by deployment. */
export type Split = Readonly<Record<string, number>>;

export const BLUE: Split = { blue: 100 };
export const GREEN: Split = { green: 100 };
export const HALFWAY: Split = { blue: 50, green: 50 };
export const MOVED: Split = { blue: 90, old: 10 };

/** With things that its YAML does not name. */
export const IRIS: SeedEndpoint = {
  name: 'iris',
  tags: { team: 'flowers' },
  properties: { description: 'old words', traffic: BLUE, mirrorTraffic: { green: 10 } },
  deployments: [{ name: 'blue' }, { name: 'green' }, { name: 'old' }],
};

/** Where a rollout begins. */
export const UNMOVED: SeedEndpoint = { ...IRIS, properties: { ...IRIS.properties, traffic: BLUE, mirrorTraffic: {} } };

const halfway: RolloutState = {
  holder: '17.1.abcdef',
  status: 'paused',
  step: 1,
  steps: 2,
  percent: 50,
  since: 1_790_000_000_000,
  lease: 0,
  target: GREEN,
  policy: '012345',
  commit: 'c0ffee1',
  base: BLUE,
  reason: '',
};

/** In the midst of a rollout that has paused. */
export const PAUSED = inTheMidst(halfway);
/** The same, but nobody runs it any more. */
export const ORPHANED = inTheMidst({ ...halfway, status: 'run' });

function inTheMidst(state: RolloutState): SeedEndpoint {
  const tags = withState({ team: 'flowers' }, state) as Readonly<Record<string, string>>;
  return { ...IRIS, tags, properties: { ...IRIS.properties, traffic: HALFWAY, mirrorTraffic: {} } };
}

export const FILES = {
  'endpoints/iris.yml': 'name: iris\ndescription: new words\ntags: {owner: ml}\n',
  'models/green.yml':
    'name: green\ntags: {owner: ml}\nmodel: azureml:iris:3\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n',
  'request.json': '{"data": [1]}',
};

/** What no weather may take away from an endpoint: its split is one that somebody asked for, and all else is there. */
export function isUnharmed(
  { tags, properties, deployments }: EndpointView,
  splits: readonly Split[],
  mirror: Split | undefined,
): boolean {
  const split = JSON.stringify(properties['traffic']);
  const mirrored = JSON.stringify(properties['mirrorTraffic'] ?? {});
  const serving = deployments.filter(({ name }) => ['blue', 'green'].includes(name));
  return (
    splits.some((asked) => JSON.stringify(asked) === split) &&
    mirrored === JSON.stringify(mirror ?? {}) &&
    tags['team'] === 'flowers' &&
    serving.length === 2
  );
}

/** Whether its live split is this one, and what its tags keep of a rollout has this status. */
export function isAt(live: EndpointView | undefined, split: Split, status: RolloutState['status']): boolean {
  if (JSON.stringify(live?.properties['traffic']) !== JSON.stringify(split)) return false;
  const recorded = readState(live?.tags ?? {});
  return recorded.kind === 'state' && recorded.state.status === status;
}
