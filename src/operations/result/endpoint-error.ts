import { Failure, InputFaults } from '../../failure.ts';

/** An error with the endpoint that it is of. What it means has to be said before the name can stand in front of it. */
export class EndpointError extends Error {
  readonly endpoint: string;
  readonly error: unknown;

  constructor(endpoint: string, error: unknown) {
    super(error instanceof Error ? error.message : String(error), { cause: error });
    this.endpoint = endpoint;
    this.error = error;
  }
}

/** Faults have their file; any other error has to say whose it is. */
export function withName(error: unknown, name: string): unknown {
  if (error instanceof InputFaults || !(error instanceof Error) || isNamed(error.message, name)) return error;
  const message = `endpoint ${name}: ${error.message}`;
  if (error instanceof Failure) return new Failure(message, error.details);
  return Object.assign(new Error(message, { cause: error }), { stack: error.stack });
}

/** An endpoint may be called `traffic`: a word alone does not name it. */
function isNamed(message: string, name: string): boolean {
  return new RegExp(`(^|\\bendpoint |\\bonlineEndpoints/)${name}(?![-\\w])`).test(message);
}
