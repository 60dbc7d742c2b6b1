import { endpoints, type BodyOf } from '@millwright/contracts';
import { newId, UserError } from '@millwright/core';
import { members, workspaces } from '@millwright/db';
import { appendAudit } from '../../audit.ts';
import type { ApiDeps } from '../../deps.ts';
import type { SignedIn } from '../../identity/identity.ts';
import { enter } from '../../identity/session-view.ts';
import { definePublicRoute, ENTRY_RULES } from '../../registry/route.ts';

type Body = BodyOf<typeof endpoints.setup.create>;

function ownerExists(): UserError {
  return new UserError('conflict', {
    code: 'owner_exists',
    message: 'This server has an owner already.',
    hint: 'Sign in, or ask the owner for an invitation.',
  });
}

/** Creates the person; one that an interrupted set-up left behind makes room. */
async function signUp(body: Body, deps: ApiDeps): Promise<SignedIn> {
  const person = { name: body.name, email: body.email, password: body.password };
  try {
    return await deps.identity.signUp(person);
  } catch (thrown) {
    const isLeftover = thrown instanceof UserError && thrown.code === 'account_exists' && (await deps.identity.forgetStranger(body.email));
    if (!isLeftover) throw thrown;
    return deps.identity.signUp(person);
  }
}

/** Creates workspace and owner in one transaction, which also takes the installation's one right to be set up. */
async function createWorkspace(body: Body, userId: string, deps: ApiDeps): Promise<void> {
  await deps.db.tenant(newId('workspace'), async (tx) => {
    await workspaces.create(tx, { name: body.workspaceName, timezone: body.timezone, language: body.language });
    await workspaces.claimInstallation(tx);
    await members.add(tx, { userId, role: 'owner' });
    await appendAudit(tx, { action: 'workspace.created', actorId: userId, target: { kind: 'workspace', id: tx.workspaceId }, details: {} });
  });
}

async function setUp(body: Body, deps: ApiDeps): Promise<SignedIn> {
  if (!(await workspaces.needsOwner(deps.db.identity))) throw ownerExists();
  const signedIn = await signUp(body, deps);
  try {
    await createWorkspace(body, signedIn.userId, deps);
    return signedIn;
  } catch (thrown) {
    await deps.identity.forgetStranger(body.email);
    throw thrown instanceof UserError && thrown.code === 'already_set_up' ? ownerExists() : thrown;
  }
}

let last: Promise<unknown> = Promise.resolve();

/** One set-up at a time in this process, so that two with the same address do not take each other for a leftover. Between processes the database decides. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work, work);
  last = turn.catch(() => undefined);
  return turn;
}

/** `POST /api/v1/setup` */
export const createSetup = definePublicRoute(
  endpoints.setup.create,
  { ...ENTRY_RULES, tenant: 'none', audit: 'workspace.created' },
  async ({ body, reply }, deps) => enter(await inTurn(() => setUp(body, deps)), reply, deps),
);
