import { type Operation, OPERATIONS, type Place } from '../__tests__/weather/operations.ts';
import type { Ending, Row } from '../__tests__/weather/rows/row.ts';
import { CELLS, ROWS } from '../__tests__/weather/table.ts';

/** The tables of the page, in the order of a run. */
const PLACES: Readonly<Record<Place, { readonly title: string; readonly text: string }>> = {
  'id-token': {
    title: "GitHub's ID token",
    text: 'The job signs in without a secret, and GitHub is asked for the token that Microsoft Entra takes instead.',
  },
  'sign-in': { title: 'Sign-in', text: 'The request to Microsoft Entra.' },
  read: { title: 'First reading', text: 'The first request to Azure: of the endpoint, for `list` of all.' },
  secret: { title: 'Keys', text: 'The request for the keys of the endpoint.' },
  evidence: {
    title: 'Metrics before a rollout',
    text: 'The look at the metrics that a rollout judges by: none begins that nobody could watch.',
  },
  write: {
    title: 'Write',
    text:
      'The request that changes something, of a rollout the first that moves traffic, and the operation in Azure that it starts. When its answer is lost, the ' +
      'endpoint is read: a write that Azure has taken is not sent again. Whether a key has turned is seen in the key; one ' +
      'that has not within a minute may still turn, so `regenerate-keys` ends with an error and never asks twice.',
  },
  poll: {
    title: 'Polling',
    text: 'A question after the operation, which goes on in Azure whatever becomes of the question.',
  },
  'read-back': { title: 'Reading back', text: 'The reading that shows what the write did.' },
  metrics: {
    title: 'Metrics of a rollout',
    text:
      'The request for the metrics of a step that is live. Silence is no verdict: after four minutes of it the rollout ' +
      'pauses where it stands, with a warning.',
  },
  score: {
    title: 'Scoring',
    text: 'The request to the model. Nobody knows what a model does with it, so it is sent again only where it surely did not arrive.',
  },
};

/** `docs/reliability.md`, from the table that `__tests__/weather` proves. */
export function reliabilityPage(): string {
  return [
    '# Reliability',
    '<!-- Generated from the table in __tests__/weather by `npm run generate`. -->',
    INTRODUCTION,
    counts(),
    '## What is tried',
    CHECKS,
    ...Object.entries(PLACES).map(([place, { title, text }]) =>
      [`## ${title}`, text, table(place as Place)].join('\n\n'),
    ),
    '## Run it',
    REPRODUCE,
  ].join('\n\n');
}

const INTRODUCTION =
  'What each operation that speaks to Azure does when one thing goes wrong. The bundle (`dist/index.js`) runs in a process of ' +
  'its own, as a step of a job, against the [emulator](emulator.md), and meets one fault. Each cell below that names an ' +
  'ending is such a run; cells that say "not run" are none. The ending is declared, the tests hold the bundle to it, and ' +
  'this page is generated from the declaration.';

const CHECKS = `A fault befalls one request ("once") or each one from then on ("for good"). Then each of these holds, or the test fails:

- **recovers**: exit code 0, no error, no warning, the outputs and the endpoint are what they would have been in fair weather.
- **recovers, warns**: the same, with one warning or more, which say what was unclear for a while: whether Azure took a write whose answer was lost.
- **pauses**: exit code 0 and a warning; the rollout has stopped where it stood, at a split that its policy names, and \`rollout\` goes on from there.
- **error 1**: exit code 1 and exactly one error, with what failed, one next step, and, where Azure answered, its code, the request and the request id.
- **cancelled**: exit code 130 within moments, one error, which says what goes on in Azure.
- **–**: the operation makes no such request, or cannot meet the fault.
- **not run**: where the same code meets the same request, some operations stand for all, and so where one status is like another; and where a fault stays, \`rollout\` and \`show\` with \`repair: rollback\` try for minutes to put traffic back.

And in all of them: nothing that Azure has done is done a second time; traffic, mirrored traffic, tags and deployments that the YAML does not name stay; the run ends in bounded time; and no secret stands in a log, an output, the summary or a file.

Runs that last are given \`timeout: 4s\` where the operation takes a \`timeout\`. The others try for up to half a minute, and for one and a half where nobody answers at all. A write whose answer does not come is waited for a minute, as Azure Resource Manager may take one.`;

const REPRODUCE = `\`\`\`sh
npm run build
npm run weather                                       # all cells, ten minutes or more
WEATHER_SHARE=6 npm run weather                       # a sixth, as \`make test\` does
WEATHER_SHARE=6 WEATHER_PART=2 npm run weather        # the second of the six
WEATHER='read: 503, once × url' npm run weather       # those whose name has these words
\`\`\`

The commit that is checked out chooses the sixth, so a commit always has the same, and over many commits all runs have their turn; where there is no git, the day chooses. The run says which it is. One \`make test\` does not prove the whole page: \`npm run weather\` does.

Seconds, exit code, requests and error of each cell are in \`coverage/weather.json\` afterwards.`;

function counts(): string {
  const of = (ending: Ending): number => CELLS.filter((cell) => cell.ending === ending).length;
  const facts: readonly (readonly [string, number])[] = [
    ['faults', ROWS.length],
    ['operations', OPERATIONS.length],
    ['runs', CELLS.length],
    ['recover silently', of('recovers')],
    ['recover, with a warning', of('recovers, warns')],
    ['pause, with a warning', of('pauses')],
    ['end with one error', of('error 1')],
    ['are cancelled', of('cancelled')],
  ];
  return markdown(
    ['of them', 'count'],
    facts.map(([name, count]) => [name, String(count)]),
  );
}

function table(place: Place): string {
  const rows = ROWS.filter((row) => row.place === place);
  const columns = OPERATIONS.filter((operation) => rows.some(({ endings }) => endings[operation]));
  return markdown(
    ['fault', ...columns.map((operation) => `\`${operation}\``)],
    rows.map((row) => line(row, columns)),
  );
}

function line({ trouble, endings }: Row, columns: readonly Operation[]): string[] {
  return [trouble, ...columns.map((operation) => endings[operation] ?? '–')];
}

function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  return [cells(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(cells)].join('\n');
}
