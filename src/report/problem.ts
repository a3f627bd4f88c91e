import type { Report } from '../deps.ts';
import { Failure, InputFaults, type ExitCode, faultLine } from '../failure.ts';

/** Shows an error the way a person needs it, and says which exit code it deserves. */
export function reportProblem(error: unknown, report: Report): ExitCode {
  if (error instanceof InputFaults) {
    for (const { message, ...at } of error.faults) report.error(message, at);
    return 2;
  }
  if (error instanceof Failure) {
    report.error(failureText(error), error.details.at);
    const { culprit, culpritAt } = error.details.diagnosis ?? {};
    if (culprit && culpritAt) report.error(culprit, culpritAt);
    return error.details.exitCode ?? 1;
  }
  report.error(`unexpected: ${messageOf(error)}\n  next step: this is a fault of the action itself; please report it`);
  if (error instanceof Error && error.stack) report.debug(error.stack);
  return 1;
}

/** What failed, the service's code, the request, its id and one next step: a line each. */
function failureText(failure: Failure): string {
  return [failure.message, ...failureFacts(failure).map(([name, value]) => `  ${name}: ${value}`)].join('\n');
}

/** All that is known beside the message, in the order in which a person needs it. */
export function failureFacts({ details }: Failure): [name: string, value: string][] {
  const { code, request, requestId, nextStep, diagnosis } = details;
  const facts: [string, string | undefined][] = [
    ['code', code],
    ['class', diagnosis?.kind],
    ['cause', diagnosis?.culprit && faultLine({ ...diagnosis.culpritAt, message: diagnosis.culprit })],
    ['request', request],
    ['request id', requestId],
    ['next step', nextStep],
  ];
  return facts.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
}

/** The same in one line, for an output. */
export function reasonOf(error: unknown): string {
  if (error instanceof InputFaults) {
    const [first, ...others] = error.faults.map(faultLine);
    return `${first}${others.length > 0 ? ` (and ${others.length} more)` : ''}`;
  }
  const message = messageOf(error);
  const code = error instanceof Failure ? error.details.code : undefined;
  return `${message}${code && !message.includes(code) ? ` (${code})` : ''}`.replace(/\s+/g, ' ');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
