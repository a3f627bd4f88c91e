import { join } from 'node:path';
import type { Deps } from '../../deps.ts';
import { reportJson } from '../../rollout/show/report.ts';
import type { Progress } from '../../rollout/walk/ports.ts';
import { reasonOf } from '../../report/problem.ts';

/** Writes the JSON report where later steps of the job find it. @returns its path; nothing where there is no such place */
export async function writeReport(progress: Progress, { env, files, report }: Deps): Promise<string | undefined> {
  const folder = env['RUNNER_TEMP'];
  if (!folder) return undefined;
  const path = join(folder, `azureml-rollout-${progress.endpoint}.json`);
  try {
    await files.write(path, report.clean(reportJson(progress)));
    return path;
  } catch (error) {
    report.warning(`the report of the rollout cannot be written: ${reasonOf(error)}`);
    return undefined;
  }
}
