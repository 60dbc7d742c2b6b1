/** What can be done about a service that does not take our address. */
export type Remedy = 'address' | 'rights' | 'again';

const LOCAL_NAME = /^(localhost|[^.]+|.+\.(local|localhost|internal|lan|test))$/;
const PRIVATE_ADDRESS = /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.|^\[(::1|f[cd]|fe80)/;

/** Whether nobody on the internet can reach an address: a name or number of one's own, or no https. */
function isOutOfReach(address: string): boolean {
  const url = URL.parse(address);
  return url === null || url.protocol !== 'https:' || LOCAL_NAME.test(url.hostname) || PRIVATE_ADDRESS.test(url.hostname);
}

/**
 * What to do, judged by what the service said and by where this install is.
 * @param code of the refusal: `http_status_422`
 * @param address under which people reach the server
 */
export function remedyOf(code: string, address: string): Remedy {
  if (/^http_status_40[134]$/.test(code)) return 'rights';
  return isOutOfReach(address) ? 'address' : 'again';
}
