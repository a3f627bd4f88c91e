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
    return error.details.exitCode ?? 1;
  }
  report.error(`unexpected: ${messageOf(error)}\n  next step: this is a fault of the action itself; please report it`);
  if (error instanceof Error && error.stack) report.debug(error.stack);
  return 1;
}

/** What failed, the service's code, the request, its id and one next step: a line each. */
function failureText({ message, details }: Failure): string {
  const { code, request, requestId, nextStep } = details;
  return [
    message,
    code && `  code: ${code}`,
    request && `  request: ${request}`,
    requestId && `  request id: ${requestId}`,
    nextStep && `  next step: ${nextStep}`,
  ]
    .filter(Boolean)
    .join('\n');
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
