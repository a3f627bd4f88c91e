import { describe, expect, test } from '@jest/globals';
import { planEndpoint } from '../../../src/plan/changes.ts';
import { planHeadline, planJson, planLines } from '../../../src/plan/show.ts';
import { live as liveDeployment, named, plan as planOf } from './deployment/deployments.ts';
import { AROUND, live, spec } from './endpoints.ts';

const none = planEndpoint(spec(), live(), AROUND);
const blue = planOf(named({ instanceType: 'Standard_F4s', description: 'Fast' }), liveDeployment());
const green = planOf(named({ instanceType: 'Standard_DS3_v2' }, { name: 'green' }));
const red = planOf(named({}, { name: 'red' }), liveDeployment());
const withAll = { ...none, deployments: [blue, green, red] };

describe('an endpoint with deployments', () => {
  test('has them beneath, each with its fields', () => {
    expect(planLines(withAll)).toEqual([
      '  iris: no change',
      '~ iris/blue: will be updated',
      '    ~ instance_type  Standard_DS3_v2 → Standard_F4s',
      '    + description    Fast',
      '+ iris/green: will be created',
      '    + type           managed',
      '    + instance_type  Standard_DS3_v2',
      '  iris/red: no change',
    ]);
  });

  test('is counted apart from them', () => {
    expect(planHeadline([withAll, none])).toBe(
      'endpoints: 0 to create, 0 to update, 2 without change; deployments: 1 to create, 1 to update, 1 without change',
    );
    expect(planHeadline([{ ...none, deployments: [] }])).toBe('0 to create, 0 to update, 1 without change');
  });

  test('is told to machines with them', () => {
    expect(JSON.parse(planJson([withAll, none]))).toEqual({
      endpoints: [
        {
          name: 'iris',
          action: 'none',
          changes: [],
          deployments: [
            {
              name: 'blue',
              action: 'update',
              changes: [
                { path: 'instance_type', from: 'Standard_DS3_v2', to: 'Standard_F4s' },
                { path: 'description', from: null, to: 'Fast' },
              ],
            },
            { name: 'green', action: 'create', changes: expect.any(Array) },
            { name: 'red', action: 'none', changes: [] },
          ],
        },
        { name: 'iris', action: 'none', changes: [] },
      ],
    });
  });
});

describe('what cannot be seen', () => {
  const unseen = 'k\x1b[31mX\x07\n+ iris\u009b\u202ea\u2066';
  const escaped = 'k\\u001b[31mX\\u0007\\n+ iris\\u009b\\u202ea\\u2066';
  const odd = planEndpoint(spec({ tags: { [unseen]: unseen } }), live(), AROUND);

  test('is shown, in keys and in values, and no line becomes two', () => {
    expect(planLines(odd)).toEqual(['~ iris: will be updated', `    + tags.${escaped}  "${escaped}"`]);
  });

  test('is not in the text for machines, who read the same from it', () => {
    const text = planJson([odd]);
    expect(text).not.toMatch(/[^\x20-\x7e]/);
    expect(JSON.parse(text)).toMatchObject({ endpoints: [{ changes: [{ path: `tags.${unseen}`, to: unseen }] }] });
  });
});
