import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LatencyGate, Minute, Policy, Sample, Verdict } from '../../src/rollout/model.ts';
import { presetPolicy } from '../../src/rollout/policy/presets.ts';
import { type Schedule, scheduleOf, type Step } from '../../src/rollout/schedule/schedule.ts';
import { minuteLine } from '../../src/rollout/show/line.ts';
import { plannedLines, plannedMarkdown } from '../../src/rollout/show/plan.ts';
import { reportJson } from '../../src/rollout/show/report.ts';
import { rolloutMarkdown } from '../../src/rollout/show/summary.ts';
import type { SmokeResult } from '../../src/rollout/smoke/result.ts';
import type { Progress, RolloutEnding, Stage } from '../../src/rollout/walk/ports.ts';
import type { Traffic } from '../../src/spec/model.ts';
import { PLAIN_WORDS } from '../../src/spec/traffic-words.ts';
import { anySplit } from '../unit/rollout/splits.ts';

/** Words that would like to be more than words. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '</details>',
  '</pre>',
  '| a | b |',
  '\n\n| --- |',
  '\n```\n<img src=x onerror=y>',
  '```',
  '[click](javascript:x)',
  '@everyone',
  '::error::x',
  '&lt;b&gt;',
  '# h',
  '\u0000\u2028',
  '\ud800',
];
const anyText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string()), { maxLength: 4 })
  .map((parts) => parts.join(' '));
const longText = anyText.map((text) => text.repeat(200));
const words = fc.oneof({ weight: 4, arbitrary: anyText }, { weight: 1, arbitrary: longText });

const anyNumber = fc.oneof(
  fc.nat(1_000),
  fc.double(),
  fc.constantFrom(0, -1, NaN, Infinity, -Infinity, 1e15, 1_795_435_200_000),
);
const sample: fc.Arbitrary<Sample> = fc.record({
  requests: anyNumber,
  errors: anyNumber,
  latency: fc.record({ p50: anyNumber, p99: anyNumber }, { requiredKeys: [] }),
});
const minutes: fc.Arbitrary<Minute[]> = fc.array(fc.record({ time: anyNumber, canary: sample, base: sample }), {
  maxLength: 30,
});
const count = fc.record({ requests: anyNumber, errors: anyNumber });
const verdict: fc.Arbitrary<Verdict> = fc.record({
  kind: fc.constantFrom('pass' as const, 'fail' as const, 'inconclusive' as const),
  reason: words,
  figures: fc.record(
    {
      canary: count,
      base: count,
      evidence: anyNumber,
      upperBound: anyNumber,
      latency: fc.record({
        metric: fc.constantFrom('p50' as const, 'p99' as const),
        canary: anyNumber,
        base: anyNumber,
      }),
    },
    { requiredKeys: ['canary', 'base', 'evidence', 'upperBound'] },
  ),
});
const anyTraffic: fc.Arbitrary<Traffic> = fc.oneof(anySplit, fc.dictionary(words, anyNumber, { maxKeys: 5 }));
const step: fc.Arbitrary<Step> = fc.record({
  number: fc.integer({ min: 1, max: 120 }),
  percent: anyNumber,
  split: anyTraffic,
  bake: anyNumber,
  maxBake: anyNumber,
  isFinal: fc.boolean(),
});
const stage: fc.Arbitrary<Stage> = fc.record(
  {
    kind: fc.constantFrom('smoke' as const, 'mirror' as const, 'step' as const),
    step,
    from: anyNumber,
    to: anyNumber,
    minutes,
    verdict,
  },
  { requiredKeys: ['kind', 'from', 'minutes'] },
);
const schedule: fc.Arbitrary<Schedule> = fc.record(
  {
    base: anyTraffic,
    target: anyTraffic,
    steps: fc.array(step, { minLength: 1, maxLength: 20 }),
    pauseAfter: fc.integer({ min: 0, max: 20 }),
    mirror: fc.record({ deployment: words, percent: anyNumber, bake: anyNumber }),
    canary: fc.array(words, { maxLength: 20 }),
    compared: fc.array(words, { maxLength: 20 }),
  },
  { requiredKeys: ['base', 'target', 'steps', 'canary', 'compared'] },
);
const latency: fc.Arbitrary<LatencyGate> = fc.record({
  metric: fc.constantFrom('p50' as const, 'p99' as const),
  worseThan: fc.double({ min: 1.01, max: 100, noNaN: true }),
});
const policy: fc.Arbitrary<Policy> = fc
  .record({ source: words, latency }, { requiredKeys: ['source'] })
  .map((changes) => ({ ...presetPolicy('standard'), ...changes }));
const smoke: fc.Arbitrary<SmokeResult> = fc.record({
  passed: fc.boolean(),
  reason: words,
  probes: fc.constant([]),
  reports: fc.array(
    fc.record(
      {
        deployment: words,
        isNew: fc.boolean(),
        calls: fc.array(
          fc.record({
            status: anyNumber,
            took: anyNumber,
            answer: fc.record({ kind: fc.constant('text' as const), text: words }),
          }),
          { maxLength: 3 },
        ),
        faults: fc.array(words, { maxLength: 3 }),
        difference: fc.record({
          values: anyNumber,
          differing: anyNumber,
          shape: fc.array(words, { maxLength: 5 }),
          examples: fc.array(words, { maxLength: 5 }),
        }),
      },
      { requiredKeys: ['deployment', 'isNew', 'calls', 'faults'] },
    ),
    { maxLength: 21 },
  ),
});
const ending: fc.Arbitrary<RolloutEnding> = fc.record(
  {
    status: fc.constantFrom(...(['unchanged', 'succeeded', 'paused', 'rolled-back', 'superseded', 'failed'] as const)),
    reason: words,
    nextStep: words,
    table: fc.array(fc.record({ deployment: words, recorded: anyNumber, wanted: anyNumber, live: anyNumber }), {
      maxLength: 20,
    }),
  },
  { requiredKeys: ['status', 'reason'] },
);
const progress: fc.Arbitrary<Progress> = fc.record(
  {
    endpoint: words,
    wanted: fc.record({ target: anyTraffic, policy, commit: words, retry: fc.boolean() }),
    schedule,
    stages: fc.array(stage, { maxLength: 12 }),
    smoke,
    now: anyNumber,
    ending,
  },
  { requiredKeys: ['endpoint', 'wanted', 'schedule', 'stages', 'now'] },
);

const OWN_TAGS = /<\/?details>|<summary>(?:Diagram|Values that differ)<\/summary>|<\/?pre>/g;

/** Blocks of code and folded text, and all that is around them. */
function partsOf(markdown: string): { readonly blocks: readonly string[]; readonly rest: string } {
  const blocks = markdown.match(/^```\w+\n[^]*?^```$/gm) ?? [];
  return { blocks, rest: blocks.reduce((text, block) => text.replace(block, () => ''), markdown) };
}

function expectHarmless(markdown: string): void {
  const { blocks, rest } = partsOf(markdown);
  expect(rest.replace(OWN_TAGS, '')).not.toMatch(/[<>`@]/);
  expect(rest).not.toContain('```');
  for (const block of blocks) expect(block.slice(3, -3)).not.toMatch(/[<>`@]|::/);
  // Outside of folded text, which is no Markdown, each row of a table has as many cells as its header, since nothing that was put in it ends one.
  for (const table of rest.replace(/<pre>[^]*?<\/pre>/g, '').match(/(?:^\|.*$\n?)+/gm) ?? []) {
    const widths = table
      .trimEnd()
      .split('\n')
      .map((row) => row.split('|').length);
    expect(new Set(widths).size).toBe(1);
  }
}

describe('whatever a rollout comes to, it can be shown', () => {
  test('in one line a minute', () => {
    fc.assert(
      fc.property(progress, (one) => {
        const line = minuteLine(one);
        expect(line).toMatch(/^$|^(?:\d\d:\d\d|--:--) [\w %./=:+-]+ -> (?:pass|fail|continue)$/);
        expect(line.length).toBeLessThan(300);
      }),
      { numRuns: 500 },
    );
  });

  test('in a summary of at most 100 kB, in which nothing from outside is markup', () => {
    fc.assert(
      fc.property(progress, (one) => {
        const markdown = rolloutMarkdown(one);
        expectHarmless(markdown);
        expect(Buffer.byteLength(markdown)).toBeLessThan(100_000);
        for (const [, bars] of markdown.matchAll(/^(?:weight|errors|p\d\d) +(?:new|old) ([▁-█ ]*)/gm)) {
          expect(bars!.trimEnd().length).toBeLessThanOrEqual(60);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('as JSON', () => {
    fc.assert(
      fc.property(progress, (one) => {
        expect(JSON.parse(reportJson(one))).toMatchObject({ version: 1, status: one.ending?.status ?? 'running' });
      }),
      { numRuns: 300 },
    );
  });
});

test('a plan of any way can be shown, and nothing from outside is markup', () => {
  const load = fc.option(
    fc.record({
      perMinute: fc.double({ min: 0, max: 1e6, noNaN: true }),
      errorRate: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { nil: undefined },
  );
  const instances = fc.option(fc.dictionary(words, fc.nat(50)), { nil: undefined });
  fc.assert(
    fc.property(words, anySplit, anySplit, policy, load, instances, words, (...given) => {
      const [endpoint, base, target, by, served, machines, begun] = given;
      const planned = {
        ...{ endpoint, policy: by, write: 20_000, maxDuration: 19_800_000, load: served, begun },
        schedule: scheduleOf(base, target, by),
        words: PLAIN_WORDS,
        instances: machines && new Map(Object.entries(machines)),
      };
      expect(plannedLines(planned).length).toBeGreaterThan(3);
      const markdown = plannedMarkdown(planned);
      expectHarmless(markdown);
      expect(markdown).not.toMatch(/NaN|undefined/);
    }),
    { numRuns: 300 },
  );
});

test('twenty deployments, a hundred steps and six hours at once stay under 100 kB', () => {
  const names = Array.from({ length: 20 }, (_, index) => `deployment-${index}-0123456789-0123456789`.slice(0, 32));
  const target = Object.fromEntries(names.map((name) => [name, 5]));
  const by = { ...presetPolicy('standard'), steps: Array.from({ length: 99 }, (_, index) => index + 1) };
  const way = scheduleOf({ blue: 100 }, target, by);
  const hours = Array.from({ length: 360 }, (_, index) => ({
    time: index * 60_000,
    canary: { requests: 600, errors: index % 7, latency: { p50: 38 } },
    base: { requests: 600, errors: 1, latency: { p50: 37 } },
  }));
  const stages = way.steps.map((each, index) => ({
    ...{ kind: 'step' as const, step: each, from: index * 200_000, minutes: hours },
    verdict: {
      ...{ kind: 'inconclusive' as const, reason: '<'.repeat(5_000) },
      figures: { canary: { requests: 1, errors: 0 }, base: { requests: 1, errors: 0 }, evidence: 1, upperBound: 1 },
    },
  }));
  const call = { status: 500, took: 1, answer: { kind: 'text' as const, text: '' } };
  const reports = names.map((deployment) => ({
    ...{ deployment, isNew: true, calls: [call], faults: ['<'.repeat(9_000)] },
    difference: { values: 9, differing: 9, shape: Array<string>(5).fill('<'.repeat(900)), examples: [] },
  }));
  const markdown = rolloutMarkdown({
    ...{ endpoint: 'fraud', schedule: way, stages, now: 360 * 60_000 },
    wanted: { target, policy: by, commit: '', retry: false },
    smoke: { passed: false, reason: '<'.repeat(9_000), reports, probes: [] },
    ending: { status: 'failed', reason: '<'.repeat(9_000), nextStep: '<'.repeat(9_000) },
  });
  expect(Buffer.byteLength(markdown)).toBeLessThan(100_000);
});
