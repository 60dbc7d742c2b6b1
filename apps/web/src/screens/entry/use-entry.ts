import { ApiError } from '@millwright/client';
import type { SessionView } from '@millwright/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { faultyFields } from '../../api/error-words.ts';
import { sessionQuery } from '../../api/session.ts';

/** A form that ends in a session. */
export interface Entry {
  /** Names of fields that need correcting. */
  readonly faults: ReadonlySet<string>;
  /** What the server said, unless it is about fields. */
  readonly error: unknown;
  readonly busy: boolean;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

/** How a form is checked and sent. */
export interface EntryOptions<V> {
  readonly read: (form: FormData) => V;
  /** Names of fields that cannot be right; nothing is sent then. */
  readonly check: (values: V) => readonly string[];
  readonly send: (values: V) => Promise<SessionView>;
  /** Path of this app to go to afterwards. */
  readonly next: string;
}

function focusFirstFault(form: HTMLFormElement, faults: ReadonlySet<string>): void {
  for (const field of form.elements) {
    if (field instanceof HTMLElement && faults.has(field.getAttribute('name') ?? '')) {
      field.focus();
      return;
    }
  }
}

/** Checks a native form, sends it, keeps the session, and goes on; faulty fields get the focus. */
export function useEntry<V>({ read, check, send, next }: EntryOptions<V>): Entry {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [faults, setFaults] = useState<ReadonlySet<string>>(new Set());
  const mutation = useMutation({
    mutationFn: ({ values }: { readonly values: V; readonly form: HTMLFormElement }) => send(values),
    onSuccess: (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      router.history.push(next);
    },
    onError: (error, { form }) => {
      const found = faultyFields(error);
      setFaults(found);
      focusFirstFault(form, found);
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = read(new FormData(form));
    const found = new Set(check(values));
    setFaults(found);
    if (found.size > 0) focusFirstFault(form, found);
    else if (!mutation.isPending) mutation.mutate({ values, form });
  };
  const isAboutFields = mutation.error instanceof ApiError && mutation.error.errors.length > 0;
  return { faults, error: isAboutFields ? null : mutation.error, busy: mutation.isPending || mutation.isSuccess, onSubmit };
}

/** Text of a form field; empty when absent. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
