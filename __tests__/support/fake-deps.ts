import { normalize, posix } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Deps, Env, Files, Position, Report } from '../../src/deps.ts';
import { journal } from '../../src/journal.ts';

export interface Line {
  readonly level: 'debug' | 'info' | 'notice' | 'warning' | 'error' | 'foreign';
  readonly text: string;
  readonly at?: Partial<Position> | undefined;
}

/** A `Deps` that remembers what it was told, and on whose clock an hour passes in no time. */
export interface FakeDeps extends Deps {
  readonly report: RecordedReport;
  readonly clock: JumpingClock;
  /** Cancels the job. */
  readonly cancel: () => void;
}

export interface RecordedReport extends Report {
  readonly lines: Line[];
  readonly masked: string[];
  texts(): string[];
  /** What was shown last of each thing that takes hours. */
  readonly drafts: ReadonlyMap<string, string>;
}

export interface JumpingClock extends Clock {
  /** How long each `sleep` was to last. */
  readonly slept: number[];
  /** Called before each `sleep`. */
  onSleep: (milliseconds: number) => void;
  advance(milliseconds: number): void;
}

export interface Circumstances {
  readonly env?: Env;
  /** Files by path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly confirm?: (question: string, expected: string) => Promise<boolean>;
  /** One that something else goes by too. */
  readonly clock?: JumpingClock;
  /** Under which name rollouts run. */
  readonly holder?: string;
  /** As on a terminal, where no other step ends a rollout that was cancelled. */
  readonly secondWind?: () => AbortSignal;
}

export function fakeDeps(circumstances: Circumstances = {}): FakeDeps {
  const { env = {}, files = {}, confirm, clock = jumpingClock(), holder = 'tester', secondWind } = circumstances;
  const controller = new AbortController();
  return {
    env,
    files: filesOf(files),
    clock,
    signal: controller.signal,
    report: recordedReport(),
    journal: journal(),
    holder,
    ...(confirm ? { confirm } : {}),
    ...(secondWind ? { secondWind } : {}),
    cancel: () => controller.abort(new Error('cancelled by a test')),
  };
}

/** Starts at the real time, since tokens and certificates are read by it; each sleep then jumps ahead. */
export function jumpingClock(): JumpingClock {
  let ahead = 0;
  const clock: JumpingClock = {
    slept: [],
    onSleep: () => {},
    now: () => Date.now() + ahead,
    random: () => 0.5,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    async sleep(milliseconds, signal) {
      clock.onSleep(milliseconds);
      signal.throwIfAborted();
      clock.slept.push(milliseconds);
      ahead += milliseconds;
      await nextTurn();
      signal.throwIfAborted();
    },
  };
  return clock;
}

export function recordedReport(): RecordedReport {
  const lines: Line[] = [];
  const masked: string[] = [];
  const drafts = new Map<string, string>();
  const record = (level: Line['level']) => (text: string, at?: Partial<Position>) => {
    lines.push({ level, text, ...(at ? { at } : {}) });
  };
  return {
    lines,
    masked,
    drafts,
    texts: () => lines.map(({ text }) => text),
    mask: (secret) => masked.push(secret),
    clean: (text) => masked.reduce((clean, secret) => clean.replaceAll(secret, '***'), text),
    debug: record('debug'),
    info: record('info'),
    notice: record('notice'),
    warning: record('warning'),
    error: record('error'),
    draft: async (about, markdown) => void drafts.set(about, markdown),
    foreign: (title, text) => lines.push({ level: 'foreign', text: `${title}\n${text}` }),
  };
}

/** Files of a workspace at `/workspace`. A path that leads out of it is not inside. */
function filesOf(files: Readonly<Record<string, string | Uint8Array>>): Files {
  const bytes = (path: string): Buffer => {
    const content = files[normalize(path)];
    if (content === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
    return Buffer.from(content);
  };
  const below = (folder: string): string[] => {
    const start = normalize(folder) === '.' ? '' : `${normalize(folder).replace(/\/$/, '')}/`;
    return Object.keys(files).flatMap((path) => (path.startsWith(start) ? [path.slice(start.length)] : []));
  };
  return {
    async stat(path) {
      const real = posix.resolve('/workspace', path);
      const inside = `${real}/`.startsWith('/workspace/');
      const content = files[normalize(path)];
      if (content !== undefined) return { kind: 'file', size: Buffer.from(content).length, modified: 0, real, inside };
      return below(path).length > 0 ? { kind: 'folder', size: 0, modified: 0, real, inside } : undefined;
    },
    async entries(folder) {
      const names = new Set(below(folder).map((path) => path.split('/')[0]!));
      if (names.size === 0) throw Object.assign(new Error(`no such folder: ${folder}`), { code: 'ENOENT' });
      return [...names].sort();
    },
    async fill(path, start, into) {
      return bytes(path).copy(into, 0, start, start + into.length);
    },
    write: async () => {},
    async list(folder) {
      const names = Object.keys(files)
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1))
        .filter((name) => !name.includes('/'));
      return names.length > 0 || below(folder).length > 0 ? names.sort() : undefined;
    },
    async read(path, limit) {
      return bytes(path).subarray(0, limit + 1);
    },
  };
}
