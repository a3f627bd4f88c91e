import { parse, stringify } from 'yaml';
import { INPUT_NAMES, inputDefinition } from '../src/config/inputs.ts';
import { OUTPUT_NAMES, OUTPUTS } from '../src/config/outputs.ts';

interface ActionFile {
  readonly inputs: Readonly<Record<string, { description: string; required: boolean; default?: string }>>;
  readonly outputs: Readonly<Record<string, { description: string }>>;
}

/** The action's face to GitHub. */
export function actionYaml(): string {
  const action: ActionFile & Record<string, unknown> = {
    name: 'Azure ML online endpoint',
    description:
      'Make Azure Machine Learning online endpoints equal to the YAML in endpoints/, without az and without Python',
    author: 'Azure ML online endpoint action contributors',
    branding: { icon: 'activity', color: 'blue' },
    inputs: Object.fromEntries(
      INPUT_NAMES.map((name) => {
        const { description, default: fixed, expression, variable } = inputDefinition(name);
        const fallback = fixed ?? expression;
        const text = variable ? `${description} Without it: \`${variable}\` of the environment.` : description;
        return [
          name,
          { description: text, required: name === 'operation', ...(fallback ? { default: fallback } : {}) },
        ];
      }),
    ),
    outputs: Object.fromEntries(OUTPUT_NAMES.map((name) => [name, { description: OUTPUTS[name] }])),
    runs: { using: 'node24', main: 'dist/index.js', post: 'dist/index.js' },
  };
  return `# Generated from src/config by \`npm run generate\`.\n${stringify(action, { lineWidth: 0 })}`;
}

/** A README with the tables of inputs and outputs between their markers made new from `action.yml`. */
export function withTables(readme: string, actionText: string): string {
  const { inputs, outputs } = parse(actionText) as ActionFile;
  const inputRows = Object.entries(inputs).map(([name, input]) => [
    `\`${name}\``,
    input.description,
    input.default ? `\`${input.default}\`` : '',
  ]);
  const outputRows = Object.entries(outputs).map(([name, output]) => [`\`${name}\``, output.description]);
  const tables = {
    inputs: markdown(['Input', 'Meaning', 'Default'], inputRows),
    outputs: markdown(['Output', 'Meaning'], outputRows),
  };
  return Object.entries(tables).reduce((text, [name, table]) => between(text, name, table), readme);
}

/** A README with the workflows between their markers made new from the files in `examples/`. */
export function withExamples(readme: string, workflow: (name: string) => string): string {
  const names = [...readme.matchAll(/<!-- example:([\w-]+):begin -->/g)].map(([, name]) => name!);
  const block = (name: string): string => `\`\`\`yaml\n${workflow(name)}\`\`\``;
  return names.reduce((text, name) => between(text, `example:${name}`, block(name)), readme);
}

/** The text with what stands between the markers of `name` made new. */
export function between(text: string, name: string, table: string): string {
  const pattern = new RegExp(`(<!-- ${name}:begin[^>]*-->)[\\s\\S]*?(<!-- ${name}:end -->)`);
  if (!pattern.test(text)) throw new Error(`no markers for ${name} in the text`);
  return text.replace(pattern, (_, begin: string, end: string) => `${begin}\n\n${table}\n\n${end}`);
}

export function markdown(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}
