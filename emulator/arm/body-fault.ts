/**
 * A body that is refused. The message is worded here, so Azure's own wording is [U]; unless `gatewayCode` says that it
 * is Resource Manager's, which refuses it with that code before the service sees it.
 */
export class BodyFault extends Error {
  readonly gatewayCode: string | undefined;

  constructor(message: string, gatewayCode?: string) {
    super(message);
    this.gatewayCode = gatewayCode;
  }
}
