import { INPUT_NAMES, inputDefinition, type InputName } from './inputs.ts';
import { ALL_WHEN_EMPTY, ONE_ENDPOINT } from './operation-groups.ts';
import { descriptionFor } from './operation-texts.ts';
import { type Operation, OPERATIONS } from './operations.ts';

const WIDTH = 100;
const INDENT = 34;

/** The text of `--help`: of everything, or of one operation. Made of the same tables as `action.yml`. */
export function helpText(operation?: Operation): string {
  const flags = INPUT_NAMES.filter((name) => name !== 'operation' && (!operation || reads(name, operation)));
  const sections = [
    operation
      ? [`Usage: node dist/index.js ${operation} ${endpointWord(operation)} [FLAGS]`, '', `${OPERATIONS[operation]}.`]
      : [
          'Usage: node dist/index.js OPERATION [ENDPOINT] [FLAGS]',
          '',
          'Makes Azure ML online endpoints equal to the YAML in endpoints/.',
        ],
    ...(operation
      ? []
      : [['Operations:', ...Object.entries(OPERATIONS).map(([name, text]) => entry(name, `${text}.`))]]),
    [
      'Flags:',
      ...flags.map((name) => flag(name, operation)),
      entry('-h, --help', 'This text; after an operation, its own flags.'),
    ],
    [
      'Exit codes:',
      entry('0', 'done'),
      entry('1', 'failed'),
      entry('2', 'faulty input or YAML; nothing was sent'),
      entry('3', 'differences under --fail-on-drift'),
      entry('130', 'cancelled'),
    ],
    ['The answer goes to standard output, everything else to standard error.'],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function reads(name: InputName, operation: Operation): boolean {
  return inputDefinition(name).operations.includes(operation);
}

function endpointWord(operation: Operation): string {
  return ALL_WHEN_EMPTY.includes(operation) ? '[ENDPOINT]' : 'ENDPOINT';
}

/** `endpoint` is one name for many operations. */
function takesSeveral(name: InputName, operation: Operation): boolean {
  return name !== 'endpoint' || !ONE_ENDPOINT.includes(operation);
}

function flag(name: InputName, operation: Operation | undefined): string {
  const { default: fallback, placeholder, variable, separator, ...input } = inputDefinition(name);
  const description = operation ? descriptionFor(name, operation) : input.description;
  const title = placeholder === 'BOOLEAN' ? `--${name}[=BOOLEAN]` : `--${name} ${placeholder}`;
  const notes = [
    fallback && placeholder !== 'BOOLEAN' && `default ${fallback}`,
    variable && `else ${variable}`,
    separator && (!operation || takesSeveral(name, operation)) && 'repeatable',
  ];
  const note = notes.filter(Boolean).join('; ');
  return entry(title, `${description.replaceAll('`', '')}${note ? ` (${note})` : ''}`);
}

/** A title in its column, and the text beside it, wrapped. */
function entry(title: string, text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (lines[last] !== '' && lines[last]!.length + word.length >= WIDTH - INDENT) lines.push(word);
    else lines[last] = lines[last] === '' ? word : `${lines[last]} ${word}`;
  }
  return lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(INDENT - 2)}${line}`).join('\n');
}
