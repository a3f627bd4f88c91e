import { describe, expect, test } from '@jest/globals';
import { parseOverride } from '../../../src/spec/override.ts';
import { faultsBelowName, faultsOf, specBelowName } from './reading.ts';

/** What the ids of identities begin with. */
const IDS = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/';

const IRIS = 'description: x\ntraffic:\n  blue: 100\ntags: &t {a: x}\nproperties: *t\n';

describe('parseOverride', () => {
  test.each([
    ['traffic.blue=90', { path: 'traffic.blue', value: '90' }],
    [' tags.a = b=c ', { path: 'tags.a', value: 'b=c' }],
    ['traffic={}', { path: 'traffic', value: '{}' }],
    ['description=', { path: 'description', value: '' }],
    ['a.b[0].c=x', { path: 'a.b[0].c', value: 'x' }],
    ['tags.a\\.b=x', { path: 'tags.a\\.b', value: 'x' }],
  ])('%j', (line, override) => {
    expect(parseOverride(line)).toEqual(override);
  });

  test.each([
    ['traffic', 'set traffic: is not path=value, such as tags.owner=ml'],
    ['=x', 'set =x: "" is not a path, such as traffic.blue or tags.cost\\.centre'],
    ['a..b=x', 'set a..b=x: "a..b" is not a path, such as traffic.blue or tags.cost\\.centre'],
    ['.a=x', 'set .a=x: ".a" is not a path, such as traffic.blue or tags.cost\\.centre'],
    ['a.=x', 'set a.=x: "a." is not a path, such as traffic.blue or tags.cost\\.centre'],
    ['[0]=x', 'set [0]=x: "[0]" is not a path, such as traffic.blue or tags.cost\\.centre'],
    ['a[x]=x', 'set a[x]=x: "a[x]" is not a path, such as traffic.blue or tags.cost\\.centre'],
  ])('%j is refused', (line, message) => {
    expect(parseOverride(line)).toEqual({ message });
  });
});

describe('values', () => {
  test.each([
    [['traffic.blue=90', 'traffic.green=10'], { traffic: { blue: 90, green: 10 } }],
    [['traffic.BLUE=0'], { traffic: {} }],
    [['traffic={}'], { traffic: {} }],
    [['traffic={"blue":50,"red":50}'], { traffic: { blue: 50, red: 50 } }],
    [['description=Predicts: all # of it'], { description: 'Predicts: all # of it' }],
    [['description="a\\tb"'], { description: 'a\tb' }],
    [["description='5'"], { description: '5' }],
    [['tags.a='], { tags: { a: '' } }],
    [['tags.a=null'], { tags: { a: null } }],
    [['tags.a=~'], { tags: { a: null } }],
    [['description='], { description: '' }],
    [['tags.A=y'], { tags: { a: 'y' } }],
    [['tags.a=1.10'], { tags: { a: '1.10' }, properties: { a: 'x' } }],
    [['tags.cost\\.centre=ml'], { tags: { a: 'x', 'cost.centre': 'ml' } }],
    [
      ['tags.__proto__=x'],
      {
        tags: Object.fromEntries([
          ['a', 'x'],
          ['__proto__', 'x'],
        ]),
      },
    ],
    [['tags.a={{OWNER}}'], { tags: { a: 'ml' } }],
    [['tags.a=by ${{ env.OWNER }}'], { tags: { a: 'by ml' } }],
    [
      ['identity.type=user_assigned', `identity.user_assigned_identities[0].resource_id=${IDS}a`],
      { identity: { type: 'UserAssigned', userAssigned: [`${IDS}a`] } },
    ],
    [
      [
        `identity={type: user_assigned, user_assigned_identities: [${IDS}a]}`,
        `identity.user_assigned_identities[0]=${IDS}b`,
      ],
      { identity: { type: 'UserAssigned', userAssigned: [`${IDS}b`] } },
    ],
  ])('%j', (set, expected) => {
    expect(specBelowName(IRIS, { set, env: { OWNER: 'ml' } })).toMatchObject(expected);
  });

  test('a value that was set stands nowhere in the file; its placeholder is kept', () => {
    const { positions, placeholders } = specBelowName(IRIS, { set: ['tags.a={{OWNER}}'], env: { OWNER: 'ml' } });
    expect([positions.has('tags'), positions.has('tags.a'), placeholders.get('tags.a')]).toEqual([
      true,
      false,
      '{{OWNER}}',
    ]);
  });

  test('a key without a value gets one', () => {
    expect(specBelowName('traffic:\n', { set: ['traffic.blue=100'] }).traffic).toEqual({ blue: 100 });
  });
});

describe('faults name the override and no place in the file', () => {
  test.each([
    ['traffic.blue=x', 'traffic.blue must be an integer from 0 to 100, not x'],
    ['traffic.blue="100"', 'traffic.blue must be an integer from 0 to 100, not "100"; write 100 without quotes'],
    ['traffic.blue=', 'traffic.blue must be an integer from 0 to 100, not ""'],
    ['traffic=', 'traffic must be a map such as {blue: 100}, not ""'],
    ['traffic=null', 'traffic has no value; comment the key out, or write {}'],
    ['traffic.blue=90', 'traffic must add up to 100, or to 0 for none at all; blue=90 adds up to 90'],
    ['traffic=[]', 'traffic must be a map such as {blue: 100}, not a list'],
    ['trafic.blue=100', 'unknown key trafic; did you mean traffic?'],
    ['description=5', 'description must be text, and 5 is a number; write "5"'],
    ['description={a: b', 'not valid YAML: this { is not closed'],
    ['description.x=a', 'description is not a map, so it has no x'],
    ['description[0]=a', 'description is not a list, so it has no [0]'],
    ['tags.a={{NOPE}}', 'the environment variable NOPE is not set; {{NOPE}} needs it'],
    ['tags.b[0]=x', 'tags.b must be text, a number, true, false or null, not a list'],
    ['identity.user_assigned_identities[1]=/a', 'identity.user_assigned_identities has 0 items; the next is [0]'],
    ['name=wine', 'name is wine but the file is iris.yml; write name: iris, or git mv iris.yml wine.yml'],
  ])('%s', (line, message) => {
    expect(faultsBelowName(IRIS, { set: [line] })).toEqual([`set ${line}: ${message}`]);
  });

  test('what is faulty in the file stays its fault alone', () => {
    expect(faultsBelowName('tags: {{NOPE}}', { set: ['tags.a=x'] })).toEqual([
      'iris.yml:2:7: the environment variable NOPE is not set; {{NOPE}} needs it',
    ]);
  });

  test('a file that is no map cannot be set', () => {
    expect(faultsOf('[a]', { set: ['tags.a=x'] })[0]).toBe('set tags.a=x: the file is not a map, so it has no tags');
  });
});
