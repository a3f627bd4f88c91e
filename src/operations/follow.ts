import type { ArmResponse, Workspace } from '../azure/connect.ts';
import { mayHaveWorked } from '../azure/errors.ts';
import { followOperation } from '../azure/operation.ts';
import type { Journal, JournalEntry } from '../deps.ts';

/**
 * Sends a write and follows it to its end. The journal has it for as long as Azure may be at work on it: also when the
 * answer was lost, or when the wait was cancelled or ran out of time.
 * @throws Failure when it failed in Azure; else what kept us from sending it or from seeing its end
 */
export async function sendAndFollow(
  workspace: Workspace,
  entry: JournalEntry,
  journal: Journal,
  send: () => Promise<ArmResponse>,
): Promise<ArmResponse> {
  journal.begin(entry);
  const answer = await send().catch((error: unknown) => {
    if (!mayBeUnderWay(workspace, error)) journal.end(entry.endpoint);
    throw error;
  });
  const failure = await followOperation(workspace, answer, entry.what);
  journal.end(entry.endpoint);
  if (failure) throw failure;
  return answer;
}

function mayBeUnderWay(workspace: Workspace, error: unknown): boolean {
  return workspace.limits.signal.aborted || mayHaveWorked(error);
}
