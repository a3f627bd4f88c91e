import { Failure, type Fault, faultLine, InputFaults } from '../failure.ts';
import type { EndpointPlan, ResourcePlan } from '../plan/changes.ts';
import { kindOf, values } from '../plan/show.ts';
import { formatTraffic } from '../spec/traffic.ts';
import { deploymentTable } from './deployments.ts';
import type { EndpointResult, Outcome } from './outcome.ts';
import { failureFacts, reasonOf } from './problem.ts';
import { foldedText, markdownTable, markdownText } from '../table.ts';
import { visible } from '../visible.ts';

/** GitHub drops a summary of more than one mebibyte as a whole. */
const LARGEST_SUMMARY = 900_000;

/** The job summary of an operation: how it ended, what changed, and why what failed did. Never a secret. */
export function summaryMarkdown(operation: string, outcome: Outcome, limit = LARGEST_SUMMARY): string {
  const failures = outcome.failures ?? [];
  const parts = [
    `### Azure ML online endpoints: ${operation}`,
    ...failures.flatMap(failureParts),
    ...(outcome.sections ?? []).map((section) => section.markdown),
    endpointTable(outcome.endpoints),
    ...outcome.endpoints.map(deploymentsPart),
    ...(outcome.plans ?? []).flatMap((plan) => planParts(plan, operation)),
  ].filter((part) => part !== '');
  return withinLimit(`${parts.join('\n\n')}\n`, limit);
}

export function failureMarkdown(operation: string, error: unknown): string {
  return summaryMarkdown(operation, { endpoints: [], failures: [error] });
}

/** Why it failed: every fault of the input; of a deployment also what was found out about it, down to the ends of its logs. */
function failureParts(failure: unknown): string[] {
  if (failure instanceof InputFaults && failure.faults.length > 1) return faultParts(failure.faults);
  const headline = `❌ ${markdownText(reasonOf(failure))}`;
  if (!(failure instanceof Failure)) return [headline];
  const facts = failureFacts(failure).map(([name, value]) => `- ${name}: ${markdownText(value)}`);
  const { logs = [] } = failure.details.diagnosis ?? {};
  return [headline, facts.join('\n'), ...logs.map(({ title, lines }) => foldedText(title, lines))];
}

function faultParts(faults: readonly Fault[]): string[] {
  const lines = faults.map((fault) => `- ${markdownText(faultLine(fault))}`);
  return [`❌ ${faults.length} faults`, lines.join('\n')];
}

function endpointTable(endpoints: readonly EndpointResult[]): string {
  if (endpoints.length === 0) return '';
  const rows = endpoints.map(({ name, status, provisioningState, traffic, trafficWords, scoringUrl }) => [
    name,
    status,
    provisioningState ?? '',
    trafficWords ?? (traffic ? formatTraffic(traffic) : ''),
    scoringUrl ?? '',
  ]);
  return markdownTable(['endpoint', 'status', 'state', 'traffic', 'scoring URL'], rows);
}

/** What differs, of the endpoint and of its deployments. */
function planParts(plan: EndpointPlan, operation: string): string[] {
  const deployments = (plan.deployments ?? []).map((each) => ({ ...each, name: `${plan.name}/${each.name}` }));
  return [plan, ...deployments].filter(({ action }) => action !== 'none').map((each) => planTable(each, operation));
}

function deploymentsPart({ name, deployments = [] }: EndpointResult): string {
  if (deployments.length === 0) return '';
  return `**${markdownText(name)}**: deployments\n\n${deploymentTable(deployments, markdownTable)}`;
}

function planTable({ name, action, changes }: ResourcePlan, operation: string): string {
  const title = operation.startsWith('plan') ? `to ${action}` : `${action}d`;
  const headline = `**${markdownText(name)}** (${title})`;
  if (changes.length === 0) return headline;
  const rows = changes.map((change) => [kindOf(change), visible(change.path), values(change)]);
  return `${headline}\n\n${markdownTable(['', 'field', 'value'], rows)}`;
}

/** Cut at the end of a line where there is too much. @param limit in bytes */
export function withinLimit(markdown: string, limit = LARGEST_SUMMARY): string {
  if (Buffer.byteLength(markdown) <= limit) return markdown;
  const cut = Buffer.from(markdown).subarray(0, limit).toString('utf8');
  return `${cut.slice(0, cut.lastIndexOf('\n'))}\n\nThe rest is in the log.\n`;
}
