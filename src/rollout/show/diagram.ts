import { MINUTE } from '../../duration.ts';
import type { Progress, Stage } from '../walk/ports.ts';
import { titleOf } from './stages.ts';
import { isoTime } from './words.ts';

const MOST_STAGES = 30;

/**
 * The stages on an axis of time, folded away. GitHub draws Mermaid in issues and files; whether a job summary does too is
 * [U], so that nothing is told here alone.
 */
export function diagram(progress: Progress): string {
  const rows = progress.stages.slice(-MOST_STAGES).flatMap((stage) => row(stage, progress));
  if (rows.length === 0) return '';
  const lines = ['gantt', '  dateFormat YYYY-MM-DDTHH:mm', '  axisFormat %H:%M', ...rows];
  return `<details><summary>Diagram</summary>\n\n\`\`\`mermaid\n${lines.join('\n')}\n\`\`\`\n\n</details>`;
}

function row(stage: Stage, progress: Progress): string[] {
  const { from, to = progress.now } = stage;
  // Without seconds and zone: the browser takes it as its own time and shows it so again.
  const [start, end] = [from, Math.max(to, from + MINUTE)].map((time) => isoTime(time)?.slice(0, 16));
  if (start === undefined || end === undefined) return [];
  return [`  ${titleOf(stage, progress)} :${stateOf(stage, progress)}, ${start}, ${end}`];
}

function stateOf({ verdict, to }: Stage, { ending }: Progress): string {
  if (verdict?.kind === 'fail') return 'crit';
  return to === undefined && !ending ? 'active' : 'done';
}
