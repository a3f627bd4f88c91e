import type { Traffic } from '../../spec/model.ts';
import { formatTraffic } from '../../spec/traffic.ts';
import type { Progress, RolloutEnding } from '../walk/ports.ts';

interface Command {
  readonly operation: 'rollout' | 'promote' | 'rollback' | 'logs' | 'show';
  readonly meaning: string;
}

/**
 * What can be done now, in words to copy: the inputs of a step, and the same on the command line. Empty where there is
 * nothing to do.
 */
export function commandsMarkdown(progress: Progress): string {
  const { endpoint, schedule } = progress;
  const deployment = schedule.canary[0] ?? '';
  const blocks = commandsFor(progress).map(({ operation, meaning }) => {
    const only = operation === 'logs' ? deployment : '';
    const inputs = [`operation: ${operation}`, `endpoint: ${plain(endpoint)}`];
    if (only) inputs.push(`deployment: ${plain(only)}`);
    const flags = only ? ` --deployment ${plain(only)}` : '';
    const command = `node dist/index.js ${operation} --endpoint ${plain(endpoint)}${flags}`;
    return `# ${meaning}: ${command}\nwith: { ${inputs.join(', ')} }`;
  });
  return blocks.length > 0 ? `\`\`\`yaml\n${blocks.join('\n')}\n\`\`\`` : '';
}

function commandsFor({ ending, schedule, stages }: Progress): Command[] {
  const back: Command = { operation: 'rollback', meaning: `restore ${plainSplit(schedule.base)}` };
  const whole: Command = { operation: 'promote', meaning: `${plainSplit(schedule.target)} at once, without gates` };
  const logs: Command = { operation: 'logs', meaning: 'what the new deployment says itself' };
  const again = (meaning: string): Command => ({ operation: 'rollout', meaning });
  switch (ending?.status) {
    case undefined:
      return [{ ...back, meaning: `stop: ${back.meaning}, from a workflow with a concurrency group of its own` }];
    case 'succeeded':
      return [back];
    case 'unchanged':
      return [];
    case 'paused':
      return [again('resume, with the gates'), whole, back];
    case 'rolled-back':
      return [logs, again('try again, after a commit that fixes it')];
    case 'superseded':
      return superseded(ending, [back, whole]);
    case 'failed':
      return stages.some(({ step }) => step) ? [logs, back, whole] : [logs, again('try again, once it is fixed')];
  }
}

function superseded({ table }: RolloutEnding, decisions: readonly Command[]): Command[] {
  return [{ operation: 'show', meaning: 'how it stands, and who holds it' }, ...(table ? decisions : [])];
}

/** Names have no other characters; what has could end the value, or the block, that it stands in. */
function plain(name: string): string {
  return name.replace(/[^\w.-]/g, '?').slice(0, 100);
}

function plainSplit(split: Traffic): string {
  return formatTraffic(split)
    .replace(/[^\w =.-]/g, '?')
    .slice(0, 800);
}
