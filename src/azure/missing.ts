import { ConnectionError, ServiceError } from '../http/errors.ts';
import type { Workspace } from './connect.ts';

/** What a 404 is about. */
export type Missing = 'endpoint' | 'deployment' | 'workspace';

/**
 * Codes with which ARM itself says that something above the endpoint is not there.
 * Source: Azure Resource Manager, "Resolve errors for resource not found" and "Common deployment errors".
 */
const ABOVE = ['subscriptionnotfound', 'invalidsubscriptionid', 'resourcegroupnotfound', 'parentresourcenotfound'];

/**
 * Tells the 404s apart. ARM's gateway and the Azure ML service answer differently, and neither differently enough, so
 * where the words leave it open the workspace itself is asked for.
 */
export async function whatIsMissing(error: ServiceError, workspace: Workspace): Promise<Missing> {
  if (ABOVE.includes(error.code.toLowerCase())) return 'workspace';
  if (/deployment\b.*not found/i.test(error.serviceMessage)) return 'deployment';
  try {
    await workspace.describe();
    return 'endpoint';
  } catch (probe) {
    if (probe instanceof ServiceError && probe.status === 404) return 'workspace';
    // Whoever may not read the workspace cannot learn more; the nearer explanation stands.
    if (probe instanceof ServiceError || probe instanceof ConnectionError) return 'endpoint';
    throw probe;
  }
}

export function isNotFound(error: unknown): error is ServiceError {
  return error instanceof ServiceError && error.status === 404;
}
