import { formatDuration } from '../../duration.ts';
import type { Clock, Limits, Report } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import { HEARTBEAT } from '../../http/wait.ts';

/** Tells how far an upload is, every 15 seconds at most. */
export interface Progress {
  sent(bytes: number): void;
  /** An earlier upload has left them there. */
  found(bytes: number): void;
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

interface Teller {
  readonly clock: Clock;
  readonly report: Pick<Report, 'info'>;
}

export function startProgress({ clock, report }: Teller, { path, bytes, files }: Work): Progress {
  const begin = clock.now();
  const beat = startHeartbeat({ clock, report });
  let sentBytes = 0;
  let foundBytes = 0;
  let finishedFiles = 0;
  const rate = () => `${size((sentBytes * 1_000) / Math.max(1, clock.now() - begin))}/s`;
  const found = () => (foundBytes > 0 ? `; ${size(foundBytes)} were there already` : '');
  const line = () => {
    const far = `${size(sentBytes + foundBytes)} of ${size(bytes)}, ${rate()}`;
    return `uploading ${path}: ${far}, ${finishedFiles} of ${counted(files)}${found()}`;
  };
  report.info(`uploading ${path}: ${size(bytes)} in ${counted(files)}`);
  return {
    sent(more) {
      sentBytes += more;
      beat(line);
    },
    found(more) {
      foundBytes += more;
      beat(line);
    },
    finished() {
      finishedFiles += 1;
    },
    done() {
      const took = formatDuration(clock.now() - begin);
      report.info(`uploaded ${path}: ${size(sentBytes)} in ${took}, ${rate()}${found()}`);
    },
  };
}

/** In bytes; some seconds. */
const LONG_TO_READ = 1e9;

interface ReadWork {
  /** What is read, as the user wrote its path. */
  readonly path: string;
  readonly bytes: number;
  /** What for: `which is named by its content`. */
  readonly why: string;
}

/**
 * Tells how far the reading of local files is, every 15 seconds at most, and ends it when the time is up.
 * @returns what is told of each piece. @throws Failure
 */
export function startReading(
  { clock, report, limits }: Teller & { readonly limits: Limits },
  { path, bytes, why }: ReadWork,
): (piece: number) => void {
  const beat = startHeartbeat({ clock, report });
  let readBytes = 0;
  if (bytes >= LONG_TO_READ) report.info(`reading ${path} (${size(bytes)}), ${why}`);
  return (piece) => {
    readBytes += piece;
    if (readBytes < bytes && clock.now() > limits.deadline) {
      throw new Failure(`reading ${path}: not finished in time, with ${size(readBytes)} of ${size(bytes)} read`, {
        code: 'Timeout',
        nextStep: 'Leave out what is not needed with .amlignore, read from a faster disk, or give a longer `timeout`.',
      });
    }
    beat(() => `reading ${path}: ${size(readBytes)} of ${size(bytes)}`);
  };
}

/** Calls for a line once 15 seconds have passed since the last one. */
function startHeartbeat({ clock, report }: Teller): (line: () => string) => void {
  let lastLine = clock.now();
  return (line) => {
    if (clock.now() - lastLine < HEARTBEAT) return;
    lastLine = clock.now();
    report.info(line());
  };
}

/** `1 file`, `40 files` */
function counted(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}

/** `512 bytes`, `84.2 MB` */
function size(bytes: number): string {
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
