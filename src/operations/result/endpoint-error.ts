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
  if (error instanceof InputFaults || !(error instanceof Error) || error.message.split(/[^-\w]+/).includes(name))
    return error;
  return error instanceof Failure ? new Failure(`endpoint ${name}: ${error.message}`, error.details) : error;
}
