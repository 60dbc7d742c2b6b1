import { endpoints, type Endpoint } from '@millwright/contracts';

const contracts = Object.values(endpoints)
  .flatMap((group) => Object.values<Endpoint>(group))
  .toSorted((a, b) => a.path.split(':').length - b.path.split(':').length);

/**
 * Checks an answer of the API against its contract.
 * @throws ZodError when a 2xx body is not what the contract says
 */
export async function checkAnswer(method: string, url: string, response: Response): Promise<void> {
  const { pathname } = new URL(url);
  const contract = contracts.find(
    (one) => one.method === method && new RegExp(`^${one.path.replaceAll(/:[a-zA-Z]+/g, '[^/]+')}$`).test(pathname),
  );
  if (contract === undefined || !('body' in contract.answer) || response.status !== contract.answer.status) return;
  contract.answer.body.parse(await response.clone().json());
}
