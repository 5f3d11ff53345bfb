import { oidcRoutes } from '../../modules/identity/oidc/oidc.contract';
import { ask, type ReplyOf } from '../api/client';

export type Left = ReplyOf<typeof oidcRoutes.signOutOidc>;

/** Ends the session here; the reply says what is still open at the unified sign-in. */
export const endSession = (): Promise<Left> => ask(oidcRoutes.signOutOidc);

/** Where the session is still open at the unified sign-in: on by a form, since what is sent must not stand in an address. */
export function goOn({ url, fields }: Left): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url ?? '/console/';
  for (const [name, value] of Object.entries(fields ?? {})) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
