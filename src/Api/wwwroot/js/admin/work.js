// Requests on behalf of the user, and how they went.
import { notice, showState } from '../shell.js';

/** Runs a request for the user and tells how it went wrong, with a way to try again; answers undefined then. */
export async function attempt(act, { again } = {}) {
  showState('connecting', 'Working …');
  try {
    const answer = await act();
    showState('on', 'Saved and up to date');
    return answer;
  } catch (problem) {
    showState(problem.network ? 'lost' : 'on', problem.network ? 'No connection' : 'Ready');
    const retry = problem.network && again ? { label: 'Try again', run: again } : undefined;
    notice(problem.network ? 'The server cannot be reached. Nothing you entered is lost.' : problem.message, 'bad', retry);
    return undefined;
  }
}
