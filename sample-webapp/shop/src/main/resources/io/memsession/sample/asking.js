// Requests of this page, each with a mark on the timeline.

/** Asks; the answer as an object, with its status. Throws only if there is none that can be read. */
export async function ask(timeline, method, path, { look = false, patience = 60000 } = {}) {
  const mark = timeline.begin(`${method} /${path.split('?')[0]}`, look);
  try {
    const response = await fetch(path, { method, cache: 'no-store', signal: AbortSignal.timeout(patience) });
    const json = (response.headers.get('Content-Type') ?? '').startsWith('application/json');
    const answer = json ? await response.json() : {};
    answer.status = response.status;
    if (answer.server) {
      timeline.answered(mark, answer.server);
    } else {
      timeline.failed(mark, `HTTP ${response.status}`);
    }
    return answer;
  } catch (error) {
    timeline.failed(mark, error.name === 'TimeoutError' ? 'no answer in time' : 'no answer');
    throw error;
  }
}
