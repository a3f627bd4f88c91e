// Both faces run operations: what that takes lies in the entry, which is two files less to load.
import './run.ts';

/**
 * The one entry of the bundle. With arguments it is the command line, without it is the action. Started bare by a person
 * it is the command line too: the action would write its masks, and so the secrets, to the screen.
 */
const onRunner = process.env['GITHUB_ACTIONS'] === 'true' || process.env['INPUT_OPERATION'] !== undefined;

if (process.argv.length > 2 || !onRunner) {
  const { cli } = await import('./cli.ts');
  await cli(process.argv.slice(2));
} else {
  const { action } = await import('./action.ts');
  await action();
}
