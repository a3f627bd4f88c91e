import { MINUTE } from './duration.ts';
import type { AzureTarget } from './config/config.ts';
import type { Clock, Deps } from './deps.ts';
import { InputFaults } from './failure.ts';
import { isLoopback } from './loopback.ts';

const NAME = 'EMULATED_MINUTE_MS';

/**
 * The clock of a rollout: the real one, or against an emulator on this machine one that runs faster. `EMULATED_MINUTE_MS`
 * is then `<real milliseconds of a minute>@<milliseconds since 1970 at which both clocks agree>`, as the emulator writes it
 * into its file, so that the times of its metrics and those of the action are the same. Only bakes and their evidence go
 * by this clock; requests, operations and sign-in keep to the real one.
 * @throws InputFaults when the variable is faulty, or set for an Azure that is not on this machine
 */
export function rolloutClock(
  { env, clock, report }: Pick<Deps, 'env' | 'clock' | 'report'>,
  target: AzureTarget,
): Clock {
  const text = env[NAME];
  if (!text) return clock;
  const [minute, origin] = parse(text);
  if (!isLoopback(new URL(target.cloud.resourceManager).hostname)) {
    throw fault(
      `makes time run faster, and is only for an emulator on this machine, not for ${target.cloud.resourceManager}`,
    );
  }
  report.info(`${NAME}: a minute of this rollout lasts ${minute} ms`);
  const pace = MINUTE / minute;
  return {
    now: () => Math.round(origin + (clock.now() - origin) * pace),
    sleep: (milliseconds, signal) => clock.sleep(Math.ceil(milliseconds / pace), signal),
    random: () => clock.random(),
  };
}

function parse(text: string): [minute: number, origin: number] {
  const [, minute = '', origin = ''] = /^(\d{1,6})@(\d{1,15})$/.exec(text) ?? [];
  if (Number(minute) > 0) return [Number(minute), Number(origin)];
  throw fault(
    `must be as the emulator writes it into its file, such as 500@1790812800000, not ${JSON.stringify(text)}`,
  );
}

function fault(words: string): InputFaults {
  return new InputFaults([{ message: `environment variable ${NAME} ${words}` }]);
}
