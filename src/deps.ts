/**
 * Everything that changes with time or place. It is built once by a face (`action.ts`, `cli.ts`) and handed down, so a
 * test passes its own and no module needs to be mocked.
 */
export interface Deps {
  readonly env: Env;
  readonly files: Files;
  readonly clock: Clock;
  /** Aborted when the job is cancelled or Ctrl-C is pressed. Every wait ends on it. */
  readonly signal: AbortSignal;
  readonly report: Report;
  readonly journal: Journal;
  /** Asks a person to type `expected`; absent where nobody can answer. */
  readonly confirm?: (question: string, expected: string) => Promise<boolean>;
  /** Under which name this process runs rollouts; its post step has the same. */
  readonly holder: string;
  /**
   * How long a rollout that was cancelled may still be brought to its end by this process itself; absent where another
   * step does it.
   */
  readonly secondWind?: () => AbortSignal;
  /** Set where only what an own rollout has left is cleaned up: nothing of anybody else is touched. */
  readonly onlyOwn?: true;
}

export type Env = Readonly<Record<string, string | undefined>>;

/** The file system below the user's repository. Paths are as the user wrote them, relative to the working directory. */
export interface Files {
  /** Names of the plain files directly in `folder`, sorted; `undefined` when there is no such folder. */
  list(folder: string): Promise<string[] | undefined>;
  /**
   * The bytes of a file, at most `limit` of them plus one (so that a caller can tell "too large" without reading all).
   * @throws the file system's own error, with its `code` (`ENOENT`, `EACCES`, …)
   */
  read(path: string, limit: number): Promise<Uint8Array>;
  /** What is at `path`, links followed; `undefined` when nothing is. @throws the file system's own error */
  stat(path: string): Promise<FileStat | undefined>;
  /** Names of all that is directly in `folder`, sorted. @throws the file system's own error, with its `code` */
  entries(folder: string): Promise<string[]>;
  /**
   * Fills `bytes` with what the file has from `start` on.
   * @returns how many there were
   * @throws the file system's own error
   */
  fill(path: string, start: number, bytes: Uint8Array): Promise<number>;
  /** Writes a file anew. @throws the file system's own error */
  write(path: string, text: string): Promise<void>;
}

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'other';
  /** In bytes; of a file. */
  readonly size: number;
  /** When it was last written to: milliseconds since 1970. */
  readonly modified: number;
  /** Where it really is, with every link resolved: absolute. */
  readonly real: string;
  /** Whether that is the working directory or below it. What is outside belongs to somebody else. */
  readonly inside: boolean;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A number in [0, 1), for jitter. */
  random(): number;
}

/** A place in a user's file. Lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * What a person sees while an operation runs. Implementations write to the runner's log or to a terminal's standard
 * error; none of them writes a value that was masked.
 */
export interface Report {
  /** Registers a secret with the runner before anything else can see it. */
  mask(secret: string): void;
  /** The text without the secrets that were masked, for what is written elsewhere: outputs, summary, comment. */
  clean(text: string): string;
  debug(message: string): void;
  info(message: string): void;
  notice(message: string, at?: Partial<Position>): void;
  warning(message: string, at?: Partial<Position>): void;
  error(message: string, at?: Partial<Position>): void;
  /**
   * Text that comes from elsewhere (the log of a container) under a title that a person can open. However it is written, it
   * is text only: no line of it is taken as a command of the workflow.
   */
  foreign(title: string, text: string): void;
  /** Shows how something stands that takes hours, in place of what was shown of it before. Markdown. */
  draft(about: string, markdown: string): Promise<void>;
}

/** What Azure was told to do and has not finished, so that a cancelled run can say what goes on without it. */
export interface Journal {
  begin(entry: JournalEntry): void;
  end(entry: JournalEntry): void;
  open(): readonly JournalEntry[];
  /** Whether anything was ever begun, ended or not; of one endpoint where one is named. */
  hasBegun(endpoint?: string): boolean;
}

export interface JournalEntry {
  readonly endpoint: string;
  /** `update of endpoint iris` */
  readonly what: string;
  /** Set for a rollout: what is to be done when the job is cancelled. */
  readonly onCancel?: 'rollback' | 'hold';
}

/** How long something may take, and what ends it before. */
export interface Limits {
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}
