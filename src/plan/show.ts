import type { Change, EndpointPlan, ResourcePlan } from './changes.ts';
import type { Json, JsonObject } from '../json.ts';
import { visible } from '../visible.ts';

const SIGNS = { create: '+', update: '~', delete: '-', none: ' ' } as const;
const MARKS = { add: '+', change: '~', remove: '-' } as const;

/** A plan for people: the endpoint with a line per field, aligned, and each of its deployments likewise. */
export function planLines(plan: EndpointPlan): string[] {
  const deployments = (plan.deployments ?? []).flatMap((each) => resourceLines(each, `${plan.name}/${each.name}`));
  return [...resourceLines(plan, plan.name), ...deployments];
}

function resourceLines({ action, changes }: ResourcePlan, title: string): string[] {
  if (action === 'none') return [`  ${title}: no change`];
  const fields = changes.map((change) => ({ change, path: visible(change.path) }));
  const width = fields.reduce((widest, { path }) => Math.max(widest, path.length), 0);
  return [
    `${SIGNS[action]} ${title}: will be ${action}d`,
    ...fields.map(({ change, path }) => `    ${MARKS[kindOf(change)]} ${path.padEnd(width)}  ${values(change)}`),
  ];
}

/** `2 to create, 1 to update, 3 without change`; with deployments, the same of each kind. */
export function planHeadline(plans: readonly EndpointPlan[]): string {
  const deployments = plans.flatMap((plan) => plan.deployments ?? []);
  if (deployments.length === 0) return counted(plans);
  return `endpoints: ${counted(plans)}; deployments: ${counted(deployments)}`;
}

function counted(plans: readonly ResourcePlan[]): string {
  const count = (action: ResourcePlan['action']): number => plans.filter((plan) => plan.action === action).length;
  const deleted = count('delete') > 0 ? `${count('delete')} to delete, ` : '';
  return `${count('create')} to create, ${count('update')} to update, ${deleted}${count('none')} without change`;
}

/** A plan for machines. A value behind a placeholder stays out of it. */
export function planJson(plans: readonly EndpointPlan[]): string {
  const endpoints = plans.map((plan) => ({
    ...publicPlan(plan),
    ...(plan.deployments?.length ? { deployments: plan.deployments.map(publicPlan) } : {}),
  }));
  return visible(JSON.stringify({ endpoints }));
}

function publicPlan({ name, action, changes }: ResourcePlan): JsonObject {
  return { name, action, changes: changes.map(publicChange) };
}

/** What happens to the field. */
export function kindOf(change: Change): 'add' | 'change' | 'remove' {
  if (change.from === undefined) return 'add';
  return change.to === undefined ? 'remove' : 'change';
}

/** `100 → 90`, or one side alone where the other is absent. */
export function values(change: Change): string {
  if (change.placeholder !== undefined) return visible(change.placeholder);
  return [change.from, change.to]
    .filter((value) => value !== undefined)
    .map(shown)
    .join(' → ');
}

/** A value for people: plain where nothing can be mistaken, else as JSON. */
export function shown(value: Json): string {
  return typeof value === 'string' && /^[\w./:@-]+$/.test(value) ? value : visible(JSON.stringify(value));
}

function publicChange(change: Change): Json {
  const { path, placeholder } = change;
  if (placeholder !== undefined) return { path, placeholder };
  return { path, from: change.from ?? null, to: change.to ?? null };
}
