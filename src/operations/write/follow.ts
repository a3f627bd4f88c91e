import type { ArmResponse, Workspace } from '../../azure/connect.ts';
import {
  type ConnectionError,
  isBusy,
  isTransient,
  isUntouched,
  mayHaveWorked,
  type ServiceError,
} from '../../http/errors.ts';
import { followOperation } from '../../azure/operation.ts';
import type { Journal, JournalEntry } from '../../deps.ts';

/** What came of a write. */
export type Sent =
  /** Azure has done it. */
  | { readonly how: 'done'; readonly answer: ArmResponse }
  /** Azure did nothing, and may take the same write later. */
  | { readonly how: 'refused'; readonly error: ServiceError | ConnectionError }
  /** Nobody knows whether Azure took it, or how it ended. */
  | { readonly how: 'lost'; readonly error: ServiceError | ConnectionError };

/**
 * Sends a write and follows it to its end. The journal has it for as long as Azure may be at work on it: also when the
 * answer was lost, or when the wait was cancelled or ran out of time.
 * @throws Failure when it failed in Azure; else what Azure refuses for good, or what kept us from seeing the end
 */
export async function sendAndFollow(
  workspace: Workspace,
  entry: JournalEntry,
  journal: Journal,
  send: () => Promise<ArmResponse>,
): Promise<Sent> {
  journal.begin(entry);
  let answer: ArmResponse;
  try {
    answer = await send();
  } catch (error) {
    if (mayHaveWorked(error)) return { how: 'lost', error };
    if (!workspace.limits.signal.aborted) journal.end(entry);
    if (isBusy(error) || isUntouched(error)) return { how: 'refused', error };
    throw error;
  }
  try {
    const failure = await followOperation(workspace, answer, entry.what);
    journal.end(entry);
    if (failure) throw failure;
    return { how: 'done', answer };
  } catch (error) {
    if (isTransient(error)) return { how: 'lost', error };
    throw error;
  }
}
