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
