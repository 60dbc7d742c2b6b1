/** A service that asks for more is taken to mean a day: nobody waits for years, and ignoring it would call it at once. */
const MAX_RETRY_AFTER_MS = 86_400_000;

/**
 * Ms that a service asks to wait (RFC 9110 §10.2.3): seconds, or a date, which is compared with the service's own clock.
 * @param headers of the answer, lower-case names
 * @param options.name the header. Default `retry-after`
 * @param options.nowMs what counts as now when the answer has no date
 * @returns 0 to a day; null when it says nothing that can be read
 */
export function retryAfterMs(
  headers: Readonly<Record<string, string>>,
  { name = 'retry-after', nowMs }: { readonly name?: string; readonly nowMs: number },
): number | null {
  const said = headers[name]?.trim();
  if (said === undefined || said === '') return null;
  if (/^\d+(\.\d+)?$/.test(said)) return Math.min(Math.ceil(Number(said) * 1000), MAX_RETRY_AFTER_MS);
  const at = Date.parse(said);
  const now = Date.parse(headers['date'] ?? '');
  return Number.isNaN(at) ? null : Math.min(MAX_RETRY_AFTER_MS, Math.max(0, at - (Number.isNaN(now) ? nowMs : now)));
}
