import type { Progress } from '../walk/ports.ts';
import { clockTime } from './words.ts';
import { titleOf } from './stages.ts';

/**
 * The stages on an axis of time, folded away. GitHub draws Mermaid in issues and files; whether a job summary does too is
 * [U], so that nothing is told here alone.
 */
export function diagram({ stages, now, ending }: Progress): string {
  if (stages.length === 0 || !ending) return '';
  const rows = stages.map((stage) => {
    const state = stage.verdict?.kind === 'fail' ? 'crit, ' : 'done, ';
    const title = titleOf(stage)
      .replace(/[^\w %]/g, ' ')
      .trim();
    return `  ${title} :${state}${clockTime(stage.from)}, ${clockTime(Math.max(stage.to ?? now, stage.from + 60_000))}`;
  });
  const lines = ['gantt', '  dateFormat HH:mm', '  axisFormat %H:%M', ...rows];
  return `<details><summary>Diagram</summary>\n\n\`\`\`mermaid\n${lines.join('\n')}\n\`\`\`\n\n</details>`;
}
