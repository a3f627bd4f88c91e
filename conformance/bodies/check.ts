import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { type Fault, faultLine } from '../../src/failure.ts';
import type { JsonObject } from '../../src/json.ts';
import type { Result } from '../scripts.ts';
import { type Case, generatedCases } from './cases.ts';
import { corpusCases } from './corpus.ts';
import { refusedKeys, unknownKeys, unseenKeys } from './coverage.ts';
import { differencesOf, MEANT, reasonOf } from './differences.ts';
import { ourBody, STAND_INS } from './ours.ts';
import { askSdk, askSdkForKeys, type SdkAnswer } from './sdk.ts';
import { REFUSED, STRICTER, TAKEN } from './verdicts.ts';

/** Below the working directory, outside of which we read nothing. */
const STAGE = 'node_modules/.cache/conformance/bodies';

/** What both make of one file. */
interface Pair {
  readonly of: Case;
  readonly sdk: SdkAnswer;
  readonly ours: JsonObject | readonly Fault[];
}

interface Verdict {
  readonly name: string;
  /** What is wrong; nothing when all is right. */
  readonly detail: string;
}

/**
 * Compares the bodies that the SDK and we make of the same files of deployments, field by field. Neither sends anything:
 * the same ids stand for the assets on both sides.
 */
export async function checkBodies(python: string): Promise<{ results: Result[]; hasCorpus: boolean }> {
  const corpus = corpusCases();
  const { cases, contents } = generatedCases();
  const all = [...(corpus ?? []), ...cases, ...REFUSED, ...TAKEN, ...STRICTER];
  const [both, keys] = await Promise.all([readBoth(python, all), askSdkForKeys(python)]);
  const pairs = new Map(both.map((pair) => [pair.of, pair]));
  const of = (some: readonly Case[]): Pair[] => some.map((one) => pairs.get(one)!);
  const seen = new Set<string>();
  const verdicts = [
    ...(corpus ? of(corpus).map((pair) => equal(pair, seen)) : []),
    together(
      `${cases.length} generated files have the body of the SDK`,
      of(cases).map((pair) => equal(pair, seen)),
    ),
    { name: 'we know every key that the SDK knows', detail: unknownKeys(keys).join(', ') },
    {
      name: 'the generated files have every key that the SDK and we read',
      detail: unseenKeys(contents, keys).join(', '),
    },
    {
      name: 'a file shows each key that the SDK reads and we refuse',
      detail: refusedKeys(STRICTER.map(contentOf), keys).join(', '),
    },
    ...MEANT.map(({ reason }) => ({ name: `meant: ${reason}`, detail: seen.has(reason) ? '' : 'no longer seen' })),
    ...of(REFUSED).map((pair) => judged('both refuse', pair, true, true)),
    ...of(TAKEN).map((pair) => judged('we take, the SDK refuses', pair, true, false)),
    ...of(STRICTER).map((pair) => judged('we refuse, the SDK takes', pair, false, true)),
  ];
  return { results: verdicts.map(result), hasCorpus: corpus !== undefined };
}

function contentOf({ text }: Case): unknown {
  return parse(text);
}

async function readBoth(python: string, cases: readonly Case[]): Promise<Pair[]> {
  await rm(STAGE, { recursive: true, force: true });
  for (const { path, replaced, files } of cases) {
    for (const [file, text] of [...Object.entries(files), [path, replaced] as const]) {
      const target = join(STAGE, file);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
  }
  const requests = cases.map(({ kind, path, flags }) => ({
    kind,
    file: resolve(STAGE, path),
    set: flags,
    ...STAND_INS,
  }));
  const answers = await askSdk(python, requests);
  return Promise.all(
    cases.map(async (of, index) => {
      const { kind, path, text, env, endpoint } = of;
      const ours = await ourBody(kind, { text, file: join(STAGE, path), endpoints: [endpoint], env });
      return { of, sdk: answers[index]!, ours };
    }),
  );
}

/** A file that the SDK refuses must be refused by us too. */
function equal({ of, sdk, ours }: Pair, seen: Set<string>): Verdict {
  const { name } = of;
  const faults = isBody(ours) ? undefined : ours.map(faultLine).join('\n');
  if ('refused' in sdk) return { name: `${name}: both refuse it`, detail: faults ? '' : `the SDK: ${sdk.refused}` };
  if (!isBody(ours)) return { name, detail: `we refuse it: ${faults}` };
  const unmeant = differencesOf(sdk.body, ours).filter((difference) => {
    const reason = reasonOf(difference);
    if (reason !== undefined) seen.add(reason);
    return reason === undefined;
  });
  return { name, detail: unmeant.map((difference) => JSON.stringify(difference)).join('\n') };
}

function judged(title: string, { of, sdk, ours }: Pair, bySdk: boolean, byUs: boolean): Verdict {
  const found = [
    ...('refused' in sdk === bySdk ? [] : [`the SDK: ${JSON.stringify(sdk)}`]),
    ...(!isBody(ours) === byUs ? [] : [`we: ${isBody(ours) ? JSON.stringify(ours) : ours.map(faultLine).join('\n')}`]),
  ];
  return { name: `${title}: ${of.name}`, detail: found.join('\n') };
}

function together(name: string, verdicts: readonly Verdict[]): Verdict {
  const wrong = verdicts.filter(({ detail }) => detail !== '');
  return { name, detail: wrong.map((each) => `${each.name}: ${each.detail}`).join('\n') };
}

function isBody(ours: JsonObject | readonly Fault[]): ours is JsonObject {
  return !Array.isArray(ours);
}

function result({ name, detail }: Verdict): Result {
  return { kind: 'check', flow: 'bodies', name, passed: detail === '', detail, seconds: 0 };
}
