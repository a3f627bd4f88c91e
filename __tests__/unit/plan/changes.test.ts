import { describe, expect, test } from '@jest/globals';
import { type Change, planEndpoint } from '../../../src/plan/changes.ts';
import type { JsonObject } from '../../../src/json.ts';
import { deploymentFaults } from '../../../src/plan/refusals.ts';
import { planHeadline, planJson, planLines } from '../../../src/plan/show.ts';
import type { EndpointSpec } from '../../../src/spec/model.ts';
import { AROUND, live, spec, UAI } from './endpoints.ts';

const changes = (wants: EndpointSpec, has: JsonObject | undefined): readonly Change[] =>
  planEndpoint(wants, has, AROUND).changes;

describe('the words of a plan are those of the YAML', () => {
  const has = live({ traffic: { blue: 100 }, description: 'old' }, { tags: { Owner: 'a' } });
  test.each<[Partial<EndpointSpec>, Change]>([
    [{ authMode: 'AMLToken' }, { path: 'auth_mode', from: 'key', to: 'aml_token' }],
    [{ authMode: 'AADToken' }, { path: 'auth_mode', from: 'key', to: 'aad_token' }],
    [{ publicNetworkAccess: 'Disabled' }, { path: 'public_network_access', from: 'enabled', to: 'disabled' }],
    [{ identity: { type: 'None', userAssigned: [] } }, { path: 'identity.type', from: 'system_assigned', to: 'none' }],
    [{ description: 'new' }, { path: 'description', from: 'old', to: 'new' }],
    [{ description: '' }, { path: 'description', from: 'old' }],
    [{ tags: { owner: 'b' } }, { path: 'tags.Owner', from: 'a', to: 'b' }],
    [{ tags: { OWNER: null } }, { path: 'tags.Owner', from: 'a' }],
    [{ tags: { team: 'ml' } }, { path: 'tags.team', to: 'ml' }],
    [{ tags: { empty: '' } }, { path: 'tags.empty', to: '' }],
    [{ tags: { owner: '' } }, { path: 'tags.Owner', from: 'a', to: '' }],
    [{ properties: { mine: '1' } }, { path: 'properties.mine', to: '1' }],
    [{ traffic: {} }, { path: 'traffic.blue', from: 100 }],
    [{ mirrorTraffic: { green: 10 } }, { path: 'mirror_traffic.green', to: 10 }],
  ])('%j', (named, expected) => {
    expect(changes(spec(named), has)).toEqual([expected]);
  });

  test('a change of traffic is one of each deployment', () => {
    expect(changes(spec({ traffic: { blue: 90, green: 10 } }), has)).toEqual([
      { path: 'traffic.blue', from: 100, to: 90 },
      { path: 'traffic.green', to: 10 },
    ]);
  });

  test('a new endpoint shows all that it will have', () => {
    const plan = planEndpoint(spec({ tags: { owner: 'ml' } }), undefined, AROUND);
    expect(plan.action).toBe('create');
    expect(plan.changes).toEqual([
      { path: 'auth_mode', to: 'key' },
      { path: 'identity.type', to: 'system_assigned' },
      { path: 'tags.owner', to: 'ml' },
    ]);
  });
});

describe('what is no difference', () => {
  const uai = { type: 'UserAssigned', userAssigned: [UAI] } as const;
  test.each<[string, Partial<EndpointSpec>, JsonObject]>([
    ['the case of a deployment', { traffic: { blue: 100 } }, live({ traffic: { BLUE: 100 } })],
    ['a weight of zero', { traffic: { blue: 100 } }, live({ traffic: { blue: 100, green: 0 } })],
    ['the case of an auth mode', { authMode: 'AMLToken' }, live({ authMode: 'amltoken' })],
    ['the case of a network access', { publicNetworkAccess: 'Enabled' }, live({ publicNetworkAccess: 'enabled' })],
    [
      'a blank in an identity',
      { identity: { type: 'SystemAssigned,UserAssigned', userAssigned: [UAI] } },
      live({}, { identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [UAI]: {} } } }),
    ],
    [
      'the case of an identity',
      { identity: uai },
      live({}, { identity: { type: 'userassigned', userAssignedIdentities: { [UAI.toUpperCase()]: {} } } }),
    ],
    [
      'the case of a compute',
      { compute: 'Cluster' },
      live({ compute: `${AROUND.workspaceId.toLowerCase()}/computes/cluster` }),
    ],
    ['the case of the name of a tag', { tags: { owner: 'a' } }, live({}, { tags: { Owner: 'a' } })],
    ['a tag of a rollout', { tags: { 'aml-rollout.step': '9' } }, live({}, { tags: { 'aml-rollout.step': '1' } })],
    ['no description and an empty one', { description: '' }, live({ description: null })],
    ['a tag to remove that is not there', { tags: { gone: null } }, live()],
    ['traffic to nothing where there is none', { traffic: {}, mirrorTraffic: {} }, live({ mirrorTraffic: null })],
  ])('%s', (_, named, has) => {
    expect(changes(spec(named), has)).toEqual([]);
  });

  test('two identities in another order and case', () => {
    const identity = { type: 'UserAssigned', userAssigned: ['/a/X', '/B/y'] } as const;
    const shown = { type: 'UserAssigned', userAssignedIdentities: { '/b/y': {}, '/A/x': {} } };
    expect(changes(spec({ identity }), live({}, { identity: shown }))).toEqual([]);
  });
});

describe('an endpoint that Azure gave up on', () => {
  test.each(['Failed', 'Canceled', 'failed'])('%s is written again', (provisioningState) => {
    const plan = planEndpoint(spec(), live({ provisioningState }), AROUND);
    expect(plan).toMatchObject({
      action: 'update',
      changes: [{ path: 'provisioning_state', from: provisioningState, to: 'Succeeded' }],
    });
  });

  test.each(['Succeeded', 'Updating', 'Scaling', 'Unheard'])('%s is not', (provisioningState) => {
    expect(planEndpoint(spec(), live({ provisioningState }), AROUND).action).toBe('none');
  });
});

describe('placeholders', () => {
  const secret = 'hunter2';
  const has = live(
    { description: secret, traffic: { blue: 100 } },
    { tags: { Owner: secret }, identity: { type: 'UserAssigned', userAssignedIdentities: { [`/${secret}`]: {} } } },
  );
  const wants = spec({
    description: `${secret}!`,
    tags: { owner: `${secret}?` },
    identity: { type: 'UserAssigned', userAssigned: [`/${secret}/2`] },
    placeholders: new Map([
      ['description', '${{ env.WORDS }}'],
      ['tags.owner', '{{OWNER}}'],
      ['identity.user_assigned_identities[0].resource_id', '${{ env.UAI }}'],
    ]),
  });

  test('stand in place of both values, whatever the case of the name', () => {
    const plan = planEndpoint(wants, has, AROUND);
    expect(plan.changes.map(({ path, placeholder }) => [path, placeholder])).toEqual([
      ['description', '${{ env.WORDS }}'],
      ['identity.user_assigned_identities', '${{ env.UAI }}'],
      ['tags.Owner', '{{OWNER}}'],
    ]);
    expect(planLines(plan).join('\n')).not.toContain(secret);
    expect(planJson([plan])).not.toContain(secret);
  });

  test('do not hide their neighbours', () => {
    const plan = planEndpoint(
      spec({ tags: { owner: 'x', ownership: 'y' }, placeholders: new Map([['tags.owner', '{{OWNER}}']]) }),
      live(),
      AROUND,
    );
    expect(plan.changes).toContainEqual({ path: 'tags.ownership', to: 'y' });
  });
});

test('a deployment that a placeholder names is shown by it', () => {
  const names = new Map([['traffic.secret', 'traffic.${{ env.DEP }}']]);
  const wants = spec({ traffic: { secret: 100 }, names });
  const plan = planEndpoint(wants, live(), AROUND);
  expect(plan.changes).toEqual([{ path: 'traffic.${{ env.DEP }}', to: 100 }]);
  expect(`${planLines(plan).join()} ${planJson([plan])}`).not.toContain('secret');
  expect(deploymentFaults(wants, plan, [])[0]?.message).toContain('traffic names deployment ${{ env.DEP }}, which');
  expect(deploymentFaults(wants, plan, [{ name: 'secret', properties: { provisioningState: 'Succeeded' } }])).toEqual(
    [],
  );
});

describe('a plan for people and for machines', () => {
  const update = planEndpoint(
    spec({ traffic: { green: 100 }, tags: { note: 'two words', gone: null } }),
    live({ traffic: { blue: 100 } }, { tags: { gone: 'x' } }),
    AROUND,
  );
  const none = planEndpoint(spec({ name: 'rose' }), live(), AROUND);

  test('lines', () => {
    expect(planLines(update)).toEqual([
      '~ iris: will be updated',
      '    - tags.gone      x',
      '    - traffic.blue   100',
      '    + tags.note      "two words"',
      '    + traffic.green  100',
    ]);
    expect(planLines(none)).toEqual(['  rose: no change']);
  });

  test('a line for each of very many changes', () => {
    const paths = Array.from({ length: 150_000 }, (_, tag) => `tags.t${tag}`);
    const tags = Object.fromEntries(paths.map((path) => [path.slice('tags.'.length), 'x']));
    const placeholders = new Map(paths.map((path) => [path, '{{X}}']));
    expect(planLines(planEndpoint(spec({ tags, placeholders }), undefined, AROUND))).toHaveLength(150_003);
  });

  test('headline and JSON', () => {
    const create = planEndpoint(spec({ name: 'tulip' }), undefined, AROUND);
    expect(planHeadline([update, none, create])).toBe('1 to create, 1 to update, 1 without change');
    expect(JSON.parse(planJson([none]))).toEqual({ endpoints: [{ name: 'rose', action: 'none', changes: [] }] });
    expect(JSON.parse(planJson([update])).endpoints[0].changes[0]).toEqual({ path: 'tags.gone', from: 'x', to: null });
  });
});
