/** What the service's window came to; the window tells it to the page that opened it. */
export interface ConsentNews {
  /** Which consent; its answer is used up by then. */
  readonly state: string;
  readonly outcome: { readonly is: 'connected'; readonly credentialId: string } | { readonly is: 'refused'; readonly code: string };
}

const CHANNEL = 'millwright.consent';

function isNews(data: unknown): data is ConsentNews {
  return typeof data === 'object' && data !== null && 'state' in data && 'outcome' in data;
}

/** Tells the other windows of this browser; only pages of this origin hear it. No code or token is in it. */
export function tellConsent(news: ConsentNews): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(news);
  channel.close();
}

/** Listens for windows that come back. Returns the function that stops. */
export function hearConsent(onNews: (news: ConsentNews) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isNews(data)) onNews(data);
  });
  return () => channel.close();
}
