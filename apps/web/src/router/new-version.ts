import { useQuery } from '@tanstack/react-query';

/** The file that a page of the app begins with; its name changes with every build that changes anything. */
function entryIn(page: string): string | null {
  return /<script[^>]+type="module"[^>]+src="([^"]+)"/.exec(page)?.[1] ?? null;
}

/** The version that the server has now, where it is another than the one that runs here. */
async function findNewVersion(signal: AbortSignal): Promise<string | null> {
  const answer = await fetch('/', { cache: 'no-store', signal });
  const entry = answer.ok ? entryIn(await answer.text()) : null;
  return entry === null || entry === document.querySelector('script[type="module"][src]')?.getAttribute('src') ? null : entry;
}

const ASK_AGAIN_MS = 5_000;

/** Whether the server has a newer version than this page: undefined while that is not known. */
export function useNewVersion(): string | null | undefined {
  const { data, isError } = useQuery({
    queryKey: ['new-version'],
    queryFn: ({ signal }) => findNewVersion(signal),
    // What is not known yet, or not new yet, can be a moment later.
    refetchInterval: ({ state }) => (state.data ? false : ASK_AGAIN_MS),
    staleTime: 0,
    gcTime: 0,
    retry: false,
    meta: { quiet: true },
  });
  return isError ? null : data;
}

/** Remembers, for this tab, for which version it was loaded anew by itself. */
const RELOADED_FOR = 'millwright.reloadedFor';

/** Loads the page anew for a version, once in each tab: where that does not help, a second time would not either. */
export function reloadOnceFor(version: string): void {
  try {
    if (sessionStorage.getItem(RELOADED_FOR) === version) return;
    sessionStorage.setItem(RELOADED_FOR, version);
  } catch {
    // Without a memory it would go round in circles.
    return;
  }
  window.location.reload();
}
