/** A host, `*.` before it for its subdomains. It has no port: what else listens there is the same host's. */
const PATTERN = /^(\*\.)?([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*|\[[0-9a-f:.]+\])$/;

/**
 * Whether a URL goes to a host that a pattern names. Labels are compared one by one, so neither `evila.test` nor `a.test.evil` is `*.a.test`,
 * and neither is `a.test` itself. The port is left out. A name that ends in a dot is another name.
 * @param pattern as `readHostPattern` gives it
 */
export function hostFits(pattern: string, url: Pick<URL, 'hostname'>): boolean {
  const [, wild, host = ''] = PATTERN.exec(pattern) ?? [];
  if (host === '') return false;
  const [wanted, found] = [host.split('.'), url.hostname.split('.')];
  const tail = wild === undefined ? found : found.slice(-wanted.length);
  const isLonger =
    wild === undefined ? found.length === wanted.length : found.length > wanted.length && found.every((label) => label !== '');
  return isLonger && wanted.every((label, index) => label === tail[index]);
}

/** Writes a host as patterns are compared: lower case, names of other scripts as the network has them. Null where it is no host. */
export function readHostPattern(text: string): string | null {
  const wild = text.startsWith('*.') ? '*.' : '';
  const url = URL.parse(`https://${text.slice(wild.length).toLowerCase()}`);
  const isBare = url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  const pattern = url !== null && isBare ? `${wild}${url.host}` : '';
  return PATTERN.test(pattern) && !(wild !== '' && !pattern.slice(2).includes('.')) ? pattern : null;
}
