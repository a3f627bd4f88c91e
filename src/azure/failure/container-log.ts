import { stripVTControlCharacters } from 'node:util';

/** What the log of a container tells about why it failed. */
export interface ContainerLog {
  /** Without colours and control characters. */
  readonly lines: readonly string[];
  /**
   * How far the instance came, by the words above Azure's logs: `ModelDownload` → `Succeeded`. Empty where the log has none.
   * Source: Az.MachineLearningServices, `Get-AzMLWorkspaceOnlineDeploymentLog`.
   */
  readonly phases: ReadonlyMap<string, string>;
  /** The Python exception that ended it. */
  readonly exception?: PythonException;
}

export interface PythonException {
  /** `ModuleNotFoundError: No module named 'xgboost'` */
  readonly words: string;
  /** Where it passed, the innermost last. */
  readonly frames: readonly Frame[];
}

export interface Frame {
  /** As the container names it: `/var/azureml-app/onlinescoring/score.py`. */
  readonly file: string;
  readonly line: number;
}

const TRACEBACK = 'Traceback (most recent call last):';
const FRAME = /^\s*File "([^"]+)", line (\d+)/;
const PHASE = /^(SystemSetup|UserContainerImagePull|ModelDownload|UserContainerStart): (\w+)\s*$/;
/**
 * What the inference server raises around the exception of the user's script.
 * Source: azureml-inference-server-http, `server/user_script.py`.
 */
const WRAPPER = /\bUserScript(Error|Exception|ImportException)\b/;
const LONGEST_WORDS = 500;

export function readLog(text: string): ContainerLog {
  const lines = plainLines(text);
  const phases = new Map(lines.flatMap((line) => phaseOf(line)));
  const exceptions = tracebacks(lines);
  const exception = exceptions.findLast(({ words }) => !WRAPPER.test(words)) ?? exceptions.at(-1);
  return { lines, phases, ...(exception ? { exception } : {}) };
}

/** The lines of a log, without what could move a cursor, and without the emptiness at its end. */
export function plainLines(text: string): string[] {
  const clean = stripVTControlCharacters(text).trimEnd();
  if (clean === '') return [];
  return clean.split(/\r\n|\r|\n/).map((line) => line.replace(/\p{Cc}/gu, (one) => (one === '\t' ? one : '')));
}

function phaseOf(line: string): [string, string][] {
  const [, phase, state] = PHASE.exec(line) ?? [];
  return phase && state ? [[phase, state]] : [];
}

/** All that have an end: the log may begin or break off in the midst of one. */
function tracebacks(lines: readonly string[]): PythonException[] {
  return lines.flatMap((line, index) => {
    const start = line.indexOf(TRACEBACK);
    if (start < 0) return [];
    return tracebackFrom(lines, index + 1) ?? [];
  });
}

/** Frames and code are indented; the first line that is not is the exception. */
function tracebackFrom(lines: readonly string[], start: number): PythonException | undefined {
  const frames: Frame[] = [];
  for (const line of lines.slice(start)) {
    const [, file, number] = FRAME.exec(line) ?? [];
    if (file) frames.push({ file, line: Number(number) });
    else if (line !== '' && !/^\s/.test(line)) return { words: shortened(line), frames };
  }
  return undefined;
}

function shortened(words: string): string {
  return words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words;
}
