/**
 * The one entry of the bundle. With arguments it is the command line, without it is the action.
 */
if (process.argv.length > 2) {
  const { cli } = await import('./cli.ts');
  await cli(process.argv.slice(2));
} else {
  const { action } = await import('./action.ts');
  await action();
}
