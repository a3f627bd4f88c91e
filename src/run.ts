import { explain } from './azure/explain.ts';
import type { Config } from './config/config.ts';
import { type ParsedConfig, parseConfig } from './config/parse.ts';
import type { RawInput } from './config/read.ts';
import type { Deps, JournalEntry } from './deps.ts';
import { type ExitCode, Failure, InputFaults } from './failure.ts';
import { EndpointError, withName } from './operations/result/endpoint-error.ts';
import type { Outcome } from './report/outcome.ts';
import { reportProblem } from './report/problem.ts';

/** How a run ended. */
export type Ending = { readonly outcome: Outcome } | { readonly error: unknown };

/** What a face (a runner, a terminal) brings along. */
export interface Face {
  readonly input: RawInput;
  readonly deps: Deps;
  /** Hands the result over: outputs and summary, or standard output. */
  readonly finish: (ending: Ending) => Promise<void>;
}

/** Runs one operation. The one place where an error becomes a message and an exit code. */
export async function run({ input, deps, finish }: Face): Promise<ExitCode> {
  const ending = await attempt(input, deps);
  const errors = 'error' in ending ? [ending.error] : (ending.outcome.failures ?? []);
  const codes = errors.map((error) => reportProblem(error, deps.report));
  await finish(ending);
  return 'error' in ending ? codes[0]! : (ending.outcome.exitCode ?? 0);
}

async function attempt(input: RawInput, deps: Deps): Promise<Ending> {
  maskSecretsOf(deps, input);
  let config: Config | undefined;
  try {
    const parsed = await parsedInputs(input, deps);
    config = parsed.config;
    for (const name of parsed.unused) deps.report.warning(`input ${name} is not used by ${config.operation}`);
    const outcome = await perform(config, deps);
    return {
      outcome: { ...outcome, failures: (outcome.failures ?? []).map((error) => understood(error, config, deps)) },
    };
  } catch (error) {
    return { error: understood(error, config, deps) };
  }
}

async function parsedInputs(input: RawInput, deps: Deps): Promise<ParsedConfig> {
  try {
    return parseConfig(input, deps.env);
  } catch (error) {
    if (!(error instanceof InputFaults)) throw error;
    // What reads files is loaded by the operation else.
    const { withThoseOfFiles } = await import('./operations/desired/faults.ts');
    throw await withThoseOfFiles(error, input, deps);
  }
}

/** Before anything else can see them. */
function maskSecretsOf({ env, report }: Deps, input: RawInput): void {
  for (const secret of [env['AZURE_CLIENT_SECRET'], input('github-token')]) {
    if (secret) report.mask(secret);
  }
}

/**
 * Each operation loads only what it uses, which halves the start of those that never speak to Azure. Those that bring Azure
 * to its YAML share a chunk, since nearly all of one is in the others too; the two that know no deployments have their own.
 */
async function perform(config: Config, deps: Deps): Promise<Outcome> {
  switch (config.operation) {
    case 'validate':
      return (await import('./operations/validate.ts')).validate(config, deps);
    case 'plan':
      return (await import(/* webpackChunkName: "desired" */ './operations/plan.ts')).plan(config, deps);
    case 'create':
      return (await import(/* webpackChunkName: "endpoint" */ './operations/create.ts')).create(config, deps);
    case 'update':
      return (await import(/* webpackChunkName: "endpoint" */ './operations/update.ts')).update(config, deps);
    case 'apply':
      return (await import(/* webpackChunkName: "desired" */ './operations/apply.ts')).apply(config, deps);
    case 'deploy':
      return (await import(/* webpackChunkName: "desired" */ './operations/deploy.ts')).deploy(config, deps);
    case 'rollout':
      return (await import(/* webpackChunkName: "desired" */ './operations/rollout.ts')).rollout(config, deps);
    case 'promote':
      return (await import('./operations/promote.ts')).promote(config, deps);
    case 'rollback':
      return (await import('./operations/rollback.ts')).rollback(config, deps);
    case 'show':
      return (await import('./operations/show.ts')).show(config, deps);
    case 'list':
      return (await import('./operations/list.ts')).list(config, deps);
    case 'url':
      return (await import('./operations/url.ts')).url(config, deps);
    case 'token':
      return (await import('./operations/token.ts')).token(config, deps);
    case 'invoke':
      return (await import('./operations/invoke.ts')).invoke(config, deps);
    case 'logs':
      return (await import('./operations/logs.ts')).logs(config, deps);
    case 'regenerate-keys':
      return (await import('./operations/regenerate-keys.ts')).regenerateKeys(config, deps);
    case 'delete':
      return (await import('./operations/delete.ts')).deleteOperation(config, deps);
  }
}

function understood(error: unknown, config: Config | undefined, deps: Deps): unknown {
  if (deps.signal.aborted) return cancelled(deps);
  if (error instanceof EndpointError) return withName(understood(error.error, config, deps), error.endpoint);
  return config && 'azure' in config ? explain(error, config.azure) : error;
}

function cancelled({ journal, secondWind }: Deps): Failure {
  const open = journal.open();
  if (open.length === 0) return new Failure('cancelled; no operation is running in Azure', { exitCode: 130 });
  const rollouts = open.filter(({ onCancel }) => onCancel !== undefined);
  if (rollouts.length > 0) return cancelledInTheMidst(rollouts, secondWind === undefined);
  const what = open.map((entry) => entry.what).join(', ');
  const names = [...new Set(open.map((entry) => entry.endpoint))].join(', ');
  return new Failure(`cancelled; possibly still running in Azure: ${what}`, {
    exitCode: 130,
    nextStep: `Azure continues on its own. Run \`show\` for ${names} to see the result, or run again to pick it up.`,
  });
}

/** @param hasPost whether a post step does what `on-cancel` says; where none does, it was tried already */
function cancelledInTheMidst(rollouts: readonly JournalEntry[], hasPost: boolean): Failure {
  const what = rollouts.map((entry) => entry.what).join(', ');
  const back = rollouts.filter(({ onCancel }) => onCancel === 'rollback').map(({ endpoint }) => endpoint);
  const putsBack = back.length > 0 && hasPost;
  return new Failure(`cancelled during ${what}`, {
    exitCode: 130,
    nextStep: putsBack
      ? `The post step of this action restores the traffic of ${back.join(', ')}; its log is below.`
      : 'Traffic stays where it is: `rollout` resumes from there, `rollback` restores what was live before.',
  });
}
