import type { ArmResponse, Workspace } from '../azure/connect.ts';
import { followOperation } from '../azure/operation.ts';
import type { Journal, JournalEntry } from '../deps.ts';
import { Failure } from '../failure.ts';

/** Follows a write to its end, and keeps it in the journal as long as Azure works on it. */
export async function followInJournal(
  workspace: Workspace,
  answer: ArmResponse,
  entry: JournalEntry,
  journal: Journal,
): Promise<void> {
  journal.begin(entry);
  try {
    await followOperation(workspace, answer, entry.what);
  } catch (error) {
    // A failure is an end. What was cancelled or timed out here goes on in Azure, and stays in the journal.
    if (error instanceof Failure && error.details.code !== 'Timeout') journal.end(entry.endpoint);
    throw error;
  }
  journal.end(entry.endpoint);
}
