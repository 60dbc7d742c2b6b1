/** The device's time zone, IANA; `UTC` when it does not say. */
export function guessTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** All time zones that this browser knows, the guessed one and UTC among them, in alphabetical order. */
export function timeZones(): readonly string[] {
  return [...new Set(['UTC', guessTimeZone(), ...Intl.supportedValuesOf('timeZone')])].toSorted();
}
