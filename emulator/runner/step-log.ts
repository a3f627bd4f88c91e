import { isAbsolute, relative } from 'node:path';
import { COMMANDS, parseCommand, type Command } from './commands.ts';
import type { Masks } from './masks.ts';

/** What GitHub shows beside a run, and in a pull request at the line. */
export interface Annotation {
  readonly type: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  /** Relative to the workspace. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** The log of one step: takes each line as it comes and obeys the commands in it. */
export interface StepLog {
  readonly annotations: readonly Annotation[];
  readonly groups: readonly string[];
  /** As it came, commands included. */
  readonly raw: readonly string[];
  /** As GitHub shows it. */
  readonly shown: readonly string[];
  /** Commands that the runner refuses; each fails the step. */
  readonly refused: readonly string[];
  take(line: string): void;
  annotate(annotation: Annotation): void;
}

const LONGEST_MESSAGE = 4096;
const MOST_OF_A_TYPE = 10;

/** @param told each line as GitHub shows it, at once */
export function stepLog(options: {
  readonly workspace: string;
  readonly masks: Masks;
  readonly debug: boolean;
  readonly told: (line: string) => void;
}): StepLog {
  const annotations: Annotation[] = [];
  const groups: string[] = [];
  const raw: string[] = [];
  const shown: string[] = [];
  const refused: string[] = [];
  let stopToken: string | undefined;

  const show = (text: string): void => {
    const masked = options.masks.apply(text);
    shown.push(masked);
    options.told(masked);
  };
  const annotate = (annotation: Annotation): void => {
    const message = options.masks.apply(annotation.message).slice(0, LONGEST_MESSAGE);
    const ofType = annotations.filter(({ type }) => type === annotation.type).length;
    if (ofType < MOST_OF_A_TYPE) annotations.push({ ...annotation, message });
    show(`##[${annotation.type}]${annotation.message}`);
  };
  const obey: Readonly<Record<string, (command: Command) => void>> = {
    'add-mask': ({ data }) => {
      if (data.trim() === '') annotate({ type: 'warning', message: EMPTY_MASK });
      else options.masks.add(data);
    },
    debug: ({ data }) => {
      if (options.debug) show(`##[debug]${data}`);
    },
    error: (command) => annotate(annotationOf('error', command, options.workspace)),
    warning: (command) => annotate(annotationOf('warning', command, options.workspace)),
    notice: (command) => annotate(annotationOf('notice', command, options.workspace)),
    group: ({ data }) => {
      groups.push(options.masks.apply(data));
      show(`##[group]${data}`);
    },
    endgroup: () => show('##[endgroup]'),
    'stop-commands': ({ data }) => {
      if (!data || COMMANDS.includes(data.toLowerCase()) || data === 'pause-logging')
        refused.push(`stop-commands ${data}`);
      else stopToken = data;
    },
  };
  const take = (line: string): void => {
    raw.push(line);
    const command = parseCommand(line, stopToken ? [...COMMANDS, stopToken] : COMMANDS);
    if (stopToken) {
      if (command?.name === stopToken.toLowerCase()) stopToken = undefined;
      show(line);
    } else if (!command) show(line);
    else if (FORBIDDEN.includes(command.name)) refused.push(command.name);
    else obey[command.name]?.(command);
  };
  return { annotations, groups, raw, shown, refused, take, annotate };
}

const EMPTY_MASK = "Can't add secret mask for empty string in ##[add-mask] command.";

/** Replaced by the command files in 2020 and since then refused; `set-output` and `save-state` are on their way out. */
const FORBIDDEN = ['set-env', 'add-path', 'set-output', 'save-state'];

/** Source: actions/runner, `ActionCommandManager.cs` (`IssueCommandExtension`) and `ExecutionContext.cs` (`AddIssue`). */
function annotationOf(type: Annotation['type'], { data, properties }: Command, workspace: string): Annotation {
  const { title, file, line, endline = line, col, endcolumn } = properties;
  return {
    type,
    message: data,
    ...(title === undefined ? {} : { title }),
    ...(file === undefined ? {} : { file: isAbsolute(file) ? relative(workspace, file) : file }),
    ...numbered('line', line),
    ...numbered('column', col),
    ...numbered('endLine', endline),
    ...(endline === line ? numbered('endColumn', endcolumn) : {}),
  };
}

function numbered(name: string, value: string | undefined): Record<string, number> {
  return value === undefined ? {} : { [name]: Number(value) };
}
