import type { Configuration } from 'openid-client' with { 'resolution-mode': 'import' };
import { Problem } from '../../../kernel/problem';

/** How the installation is connected to the province's unified sign-in. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret?: string;
  /** What the sign-in page calls it. */
  name: string;
  /** Beyond `openid`, separated by spaces. */
  scopes: string;
}

/** What the provider vouches for. */
export interface Vouched {
  subject: string;
  /** It has asked for more than one factor (RFC 8176 `mfa`). */
  manyFactors: boolean;
  /** Its token, to be shown to it again when the person signs out. */
  idToken: string;
}

export interface Checks {
  state: string;
  nonce: string;
  verifier: string;
}

/** The provider as we ask it; every fault comes as a problem. */
export interface OidcProvider {
  addressFor(checks: Checks): Promise<string>;
  /** `query` is what the browser came back with. Throws `oidc.declined`, `oidc.untrusted` or `oidc.unreachable`. */
  redeem(query: string, checks: Checks): Promise<Vouched>;
  /** Where, and with which form, one signs out there; undefined if it does not offer that. Throws `oidc.unreachable`. */
  signOutFor(idToken: string | null, state: string): Promise<SignOutForm | undefined>;
}

/** To be sent by POST: the token names the person, and addresses end up in logs. */
export interface SignOutForm {
  url: string;
  fields: Record<string, string>;
}

/** Where the provider sends the browser back to. */
export interface WaysBack {
  signedIn: string;
  signedOut: string;
}

const TIMEOUT_S = 10;
const RETRY_AFTER_S = 30;
const KNOWN_FOR_MS = 3600_000;

const unreachable = (cause: unknown): Problem =>
  Object.assign(new Problem('oidc.unreachable', { retryAfter: RETRY_AFTER_S }), { cause });

const outages = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_SOCKET', 'OAUTH_TIMEOUT']);

/** Faults of the way there, as against an answer that is wrong; the library wraps them, so causes are looked at too. */
function isOutage(error: unknown): boolean {
  let link = error;
  for (let depth = 0; typeof link === 'object' && link !== null && depth < 6; depth += 1) {
    const { code, name, status, cause } = link as { code?: string; name?: string; status?: number; cause?: unknown };
    if (name === 'TimeoutError' || name === 'AbortError' || outages.has(code ?? '')) return true;
    if (typeof status === 'number' && status >= 500) return true;
    link = cause;
  }
  return false;
}

/** An OpenID Connect provider by its issuer (discovery, code flow, PKCE S256); the library is loaded at first use. */
export function createProvider(settings: OidcSettings, back: WaysBack, now: () => number): OidcProvider {
  const load = () => import('openid-client');
  let known: { configuration: Promise<Configuration>; at: number } | undefined;
  const discover = async (): Promise<Configuration> => {
    const client = await load();
    const insecure = settings.issuer.startsWith('http:');
    const configuration = await client.discovery(
      new URL(settings.issuer),
      settings.clientId,
      settings.clientSecret,
      settings.clientSecret === undefined ? client.None() : undefined,
      {
        timeout: TIMEOUT_S,
        execute: [
          // The library trusts the token endpoint's TLS unless told to check the signature too (ASVS 6.8.2).
          client.enableNonRepudiationChecks,
          // Only a provider on loopback may speak plain http: the settings see to it.
          ...(insecure ? [client.allowInsecureRequests] : []),
        ],
      },
    );
    configuration.timeout = TIMEOUT_S;
    return configuration;
  };
  const configured = async (): Promise<Configuration> => {
    if (!known || now() - known.at > KNOWN_FOR_MS) known = { configuration: discover(), at: now() };
    const mine = known;
    try {
      return await mine.configuration;
    } catch (error) {
      // Asked anew next time: a provider that was away must not stay away.
      if (known === mine) known = undefined;
      throw unreachable(error);
    }
  };
  return {
    async addressFor({ state, nonce, verifier }) {
      const client = await load();
      const address = client.buildAuthorizationUrl(await configured(), {
        redirect_uri: back.signedIn,
        scope: ['openid', ...settings.scopes.split(' ').filter(Boolean)].join(' '),
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return address.href;
    },
    async redeem(query, { state, nonce, verifier }) {
      const client = await load();
      const configuration = await configured();
      try {
        const tokens = await client.authorizationCodeGrant(configuration, new URL(`${back.signedIn}?${query}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims()!;
        const amr = Array.isArray(claims.amr) ? claims.amr : [];
        return { subject: claims.sub, manyFactors: amr.includes('mfa'), idToken: tokens.id_token! };
      } catch (error) {
        if (error instanceof client.AuthorizationResponseError) {
          throw Object.assign(new Problem('oidc.declined', { error: error.error.slice(0, 80) }), { cause: error });
        }
        if (isOutage(error)) throw unreachable(error);
        throw Object.assign(new Problem('oidc.untrusted'), { cause: error });
      }
    },
    async signOutFor(idToken, state) {
      const url = (await configured()).serverMetadata().end_session_endpoint;
      if (url === undefined) return undefined;
      const asked = { client_id: settings.clientId, post_logout_redirect_uri: back.signedOut, state };
      return { url, fields: idToken === null ? asked : { ...asked, id_token_hint: idToken } };
    },
  };
}
