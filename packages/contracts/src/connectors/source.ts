import { z } from 'zod';

/** Where the service is, where its description does not say so, or not rightly. */
const baseUrl = z
  .string()
  .max(2_000)
  .regex(/^https?:\/\/[^\s/?#]+[^\s?#]*[^\s/?#]$/, 'an address without a slash at its end, such as https://api.example.com')
  .optional();

/**
 * The body of a request about a description: its text, or the address where it is; and more.
 * @param more what else the request says
 */
export function described<S extends z.ZodRawShape>(more: S) {
  return z.union([
    z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(8_000), baseUrl, ...more }),
    z.strictObject({ text: z.string().min(1), baseUrl, ...more }),
  ]);
}

/** Which connector that was made of a description. */
export const connectorParams = z.object({ connectorKey: z.string().regex(/^[a-z][a-zA-Z0-9]{0,59}$/) });

/** Operations that one connector of a description may have: what is chosen is looked at, and loads in every process. */
const MOST_OPERATIONS = 200;

/** Those that become steps: `GET /invoices`. */
export const operations = z.array(z.string().min(1).max(500)).min(1).max(MOST_OPERATIONS);
