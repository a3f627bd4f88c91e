import { formatDuration } from '../../config/duration.ts';
import type { Clock, Report } from '../../deps.ts';
import { HEARTBEAT } from '../../http/wait.ts';

/** Tells how far an upload is, every 15 seconds at most. */
export interface Progress {
  sent(bytes: number): void;
  finished(): void;
  /** The last line, with how long it took. */
  done(): void;
}

interface Work {
  /** What is uploaded, as the user wrote its path. */
  readonly path: string;
  readonly bytes: number;
  readonly files: number;
}

export function startProgress(
  { clock, report }: { clock: Clock; report: Report },
  { path, bytes, files }: Work,
): Progress {
  const begin = clock.now();
  let lastLine = begin;
  let sentBytes = 0;
  let finishedFiles = 0;
  const rate = () => `${size((sentBytes * 1_000) / Math.max(1, clock.now() - begin))}/s`;
  report.info(`uploading ${path}: ${size(bytes)} in ${counted(files)}`);
  return {
    sent(more) {
      sentBytes += more;
      if (clock.now() - lastLine < HEARTBEAT) return;
      lastLine = clock.now();
      report.info(
        `uploading ${path}: ${size(sentBytes)} of ${size(bytes)}, ${rate()}, ${finishedFiles} of ${counted(files)}`,
      );
    },
    finished() {
      finishedFiles += 1;
    },
    done: () =>
      report.info(`uploaded ${path}: ${size(sentBytes)} in ${formatDuration(clock.now() - begin)}, ${rate()}`),
  };
}

/** `1 file`, `40 files` */
export function counted(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}

/** `512 bytes`, `84.2 MB` */
export function size(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = '';
  for (const next of units) {
    if (value < 1_000) break;
    value /= 1_000;
    unit = next;
  }
  return unit === '' ? `${Math.round(bytes)} bytes` : `${value.toFixed(1)} ${unit}`;
}
