import { isAPIError } from 'better-auth/api';
import { InvariantError, TransientError, UserError } from '@millwright/core';
import { members, type Database } from '@millwright/db';
import type { Principal } from '../principal.ts';
import { Access } from './access.ts';
import { createAuth, type Auth } from './auth.ts';

/** Somebody who just proved who she is, with the cookies that say so. */
export interface SignedIn {
  readonly userId: string;
  /** Values for `Set-Cookie`. */
  readonly cookies: readonly string[];
}

/** What is asked of a new person. */
export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** How identity is opened. */
export interface IdentityOptions {
  readonly db: Database;
  readonly secret: string;
  readonly publicUrl: string;
}

/** Who somebody is: sessions and passwords by better-auth, membership by our own tables. */
export class Identity {
  /** What is open because somebody may see it. */
  readonly access: Access;
  readonly #db: Database;
  readonly #auth: Auth;
  constructor({ db, secret, publicUrl }: IdentityOptions) {
    this.#db = db;
    this.#auth = createAuth({ pool: db.auth, secret, publicUrl });
    this.access = new Access(db);
  }

  /**
   * The person behind a session cookie, or null: no session, an ended one, or no workspace any more.
   * @throws TransientError `database_unavailable`
   */
  async authenticate(headers: Headers): Promise<Principal | null> {
    if (!headers.has('cookie')) return null;
    const found = await this.#run(() => this.#auth.api.getSession({ headers, query: { disableRefresh: true } }));
    if (found === null) return null;
    const [membership] = await members.ofUser(this.#db.identity, found.user.id);
    if (membership === undefined) return null;
    return {
      userId: found.user.id,
      name: found.user.name,
      email: found.user.email,
      sessionId: found.session.id,
      expiresAtMs: found.session.expiresAt.getTime(),
      ...membership,
    };
  }

  /** Moves the session's end, which happens once a day at most. @returns the end that holds now, null where the session is gone, and cookies that say so */
  async refresh(headers: Headers): Promise<{ readonly expiresAtMs: number | null; readonly cookies: readonly string[] }> {
    const { headers: answer, response } = await this.#run(() => this.#auth.api.getSession({ headers, returnHeaders: true }));
    return { expiresAtMs: response?.session.expiresAt.getTime() ?? null, cookies: answer.getSetCookie() };
  }

  /**
   * Checks a password and opens a session.
   * @throws UserError `wrong_credentials`, the same for an unknown address and a wrong password
   */
  async signIn(given: { readonly email: string; readonly password: string }): Promise<SignedIn> {
    const { headers, response } = await this.#run(() => this.#auth.api.signInEmail({ body: { ...given }, returnHeaders: true }));
    return { userId: response.user.id, cookies: headers.getSetCookie() };
  }

  /**
   * Creates a person and opens a session.
   * @throws UserError `account_exists`
   */
  async signUp(person: NewPerson): Promise<SignedIn> {
    const signUp = this.#run(() => this.#auth.api.signUpEmail({ body: { ...person }, returnHeaders: true }));
    const { headers, response } = await signUp.catch(async (thrown: unknown) => {
      // better-auth looks before it inserts, and calls what the unique address refused meanwhile a failure of its own.
      throw thrown instanceof InvariantError && (await this.hasAccount(person.email)) ? accountExists() : thrown;
    });
    return { userId: response.user.id, cookies: headers.getSetCookie() };
  }

  /** Whether somebody with this address exists. */
  async hasAccount(email: string): Promise<boolean> {
    return (await this.#userByEmail(email)) !== null;
  }

  /** Ends a session and everything that the person has open; gives the cookies that clear hers. */
  async signOut(headers: Headers, userId: string): Promise<readonly string[]> {
    const { headers: answer } = await this.#run(() => this.#auth.api.signOut({ headers, returnHeaders: true }));
    await this.access.announce(userId);
    return answer.getSetCookie();
  }

  /** Ends every session of a person and everything she has open, in every process. */
  async endSessions(userId: string): Promise<void> {
    const { internalAdapter } = await this.#auth.$context;
    await this.#run(() => internalAdapter.deleteUserSessions(userId));
    await this.access.announce(userId);
  }

  /**
   * Removes somebody who belongs to no workspace: what a sign-up leaves behind when joining did not work out.
   * @returns false when she does belong somewhere, and stays
   */
  async forgetStranger(email: string): Promise<boolean> {
    const user = await this.#userByEmail(email);
    if (user === null || (await members.ofUser(this.#db.identity, user.id)).length > 0) return false;
    const { internalAdapter } = await this.#auth.$context;
    await this.#run(() => internalAdapter.deleteUser(user.id));
    return true;
  }

  async #userByEmail(email: string): Promise<{ readonly id: string } | null> {
    const { internalAdapter } = await this.#auth.$context;
    return (await this.#run(() => internalAdapter.findUserByEmail(email)))?.user ?? null;
  }

  /** Calls better-auth; its errors become ours. */
  async #run<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (thrown) {
      const known = isAPIError(thrown) ? refusalOf(String(thrown.body?.code ?? '')) : null;
      if (known !== null) throw known;
      await this.#checkDatabase();
      throw new InvariantError({ code: 'identity_failed', message: 'better-auth failed', cause: thrown });
    }
  }

  /** better-auth hides why it failed; when Postgres is away, that is why. */
  async #checkDatabase(): Promise<void> {
    try {
      await this.#db.identity.query('select 1');
    } catch (thrown) {
      if (thrown instanceof TransientError) throw thrown;
    }
  }
}

function accountExists(): UserError {
  return new UserError('conflict', {
    code: 'account_exists',
    message: 'There is an account with this e-mail address.',
    hint: 'Sign in with it.',
  });
}

/** better-auth's codes for what people can do something about. */
function refusalOf(code: string): UserError | null {
  switch (code) {
    case 'INVALID_EMAIL_OR_PASSWORD':
    case 'INVALID_EMAIL':
      return new UserError('unauthenticated', {
        code: 'wrong_credentials',
        message: 'The e-mail address or the password is wrong.',
        hint: 'Check both and try again. An owner or admin can invite you again.',
      });
    case 'USER_ALREADY_EXISTS':
    case 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL':
      return accountExists();
    case 'PASSWORD_TOO_SHORT':
    case 'PASSWORD_TOO_LONG':
      return new UserError('unprocessable', {
        code: 'password_length',
        message: 'A password needs 10 to 128 characters.',
        hint: 'Choose a longer or shorter one.',
      });
    default:
      return null;
  }
}
